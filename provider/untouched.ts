import type { Answer, TwilioClient } from './client.ts'
import type { ResourceDescription } from './description.ts'
import { parseId, pathOf } from './identity.ts'
import { read } from './lifecycle.ts'
import { noRows } from './listed-rows.ts'
import { canonical, importedInputs } from './meaning.ts'
import { sameValue } from './property-diff.ts'
import type { Properties } from './values.ts'
import { fromAnswer } from './wire.ts'

/** An object as a list found it. */
export type ListedRow = {
  readonly id: string
  readonly row: Answer
  /** Whether the row is the object's own; otherwise it is that of the parent whose part it is. */
  readonly own: boolean
}

/**
 * Whether an object is as it came with its parent or with the account, so that nobody need adopt it: its description says so, or
 * it is always there and every input is as nobody has set it.
 */
export async function isUntouched(
  resource: ResourceDescription,
  client: TwilioClient,
  { id, row, own }: ListedRow,
): Promise<boolean> {
  if (resource.isUntouched) return resource.isUntouched(row)
  if (!resource.lasting) return false
  const { sids, sid } = parseId(resource, id)
  const live = own
    ? importedInputs(resource, { ...fromAnswer(resource, row), ...sids })
    : await read(resource, client, id, { known: {}, inputs: undefined, rows: noRows }).then(
        (state) => state?.inputs ?? {},
      )
  const properties: Properties = { ...live, ...sids }
  const context = { client, properties, path: pathOf(resource, client.accountSid, sids, sid) }
  for (const [name, value] of Object.entries(live)) {
    if (resource.id.includes(name) || resource.replaceOn.includes(name)) continue
    const usual = await resource.usual?.[name]?.(context)
    if (!sameValue(canonical(resource, name, value), canonical(resource, name, usual))) return false
  }
  return true
}
