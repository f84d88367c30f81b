import { canonical, importedInputs, isSet } from '../comparison/meaning.ts'
import { sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import { parseId, pathOf } from '../description/identity.ts'
import type { State } from '../lifecycle/lifecycle.ts'
import { read } from '../lifecycle/read.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { fromAnswer } from '../requests/wire.ts'
import { noRows } from './listed-rows.ts'

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
  const { sids } = parseId(resource, id)
  const live = { ...fromAnswer(resource, row), ...sids }
  const state = own
    ? { id, inputs: importedInputs(resource, live), outputs: live }
    : await read(resource, client, id, { known: {}, inputs: undefined, rows: noRows })
  if (!state) return true
  const { inputs } = await withoutUsual(resource, client, state)
  return Object.keys(inputs).every(
    (name) => resource.id.includes(name) || resource.replaceOn.includes(name),
  )
}

/** An imported state without inputs that are what they are where nobody sets them. */
export async function withoutUsual(
  resource: ResourceDescription,
  client: TwilioClient,
  state: State,
): Promise<State> {
  const { sids, sid } = parseId(resource, state.id)
  const path = pathOf(resource, client.accountSid, sids, sid)
  const context = { client, properties: { ...state.inputs, ...sids }, path }
  const inputs: Record<string, unknown> = { ...state.inputs }
  for (const [name, ask] of Object.entries(resource.usual ?? {})) {
    if (!isSet(inputs[name])) continue
    const usual = canonical(resource, name, await ask(context))
    if (sameValue(canonical(resource, name, inputs[name]), usual)) delete inputs[name]
  }
  return { ...state, inputs }
}
