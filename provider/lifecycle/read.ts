import { importedInputs, outputsOf, refreshedInputs, toldOnce } from '../comparison/meaning.ts'
import { sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import { parseId, pathOf, UnusableId } from '../description/identity.ts'
import type { ListedRows } from '../listing/listed-rows.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { unlessGone, whileYoung } from '../requests/late-reads.ts'
import { fromAnswer } from '../requests/wire.ts'
import type { State } from './lifecycle.ts'
import { fetchWhole } from './whole-answer.ts'

/** What a read goes by: the outputs that are known, the inputs unless it is an import, and the rows of its collection. */
export type ReadContext = {
  readonly known: Properties
  readonly inputs: Properties | undefined
  readonly rows: ListedRows
}

/** The object as it is, or undefined when it is gone. */
export async function read(
  resource: ResourceDescription,
  client: TwilioClient,
  id: string,
  { known, inputs, rows }: ReadContext,
): Promise<State | undefined> {
  const { sids, sid } = parseId(resource, id)
  checkAccount(resource, client, id, sids)
  const stateFrom = (answer: Answer): State => {
    const live = { ...toldOnce(resource, known), ...fromAnswer(resource, answer, inputs), ...sids }
    const seen = inputs
      ? refreshedInputs(resource, inputs, live, known)
      : importedInputs(resource, live)
    return { id, inputs: seen, outputs: outputsOf(resource, seen, live) }
  }
  if (inputs) {
    const collection = pathOf(resource, client.accountSid, sids)
    const row = await rows.find(client, { resource, path: collection, sid })
    const listed = row && stateFrom(row)
    // Lists may lag: one is believed when it says the same as the state. Whatever else it says, the object is asked itself.
    if (listed && sameState(resource, listed, { id, inputs, outputs: known })) return listed
  }
  const path = pathOf(resource, client.accountSid, sids, sid)
  const answer = await unlessGone(() =>
    whileYoung(client, known, () => fetchWhole(resource, client, path)),
  )
  return answer && stateFrom(answer)
}

// One account's configuration is never read as another's.
function checkAccount(
  { token }: ResourceDescription,
  { accountSid }: TwilioClient,
  id: string,
  sids: Readonly<Record<string, string>>,
): void {
  if (sids['accountSid'] === undefined || sids['accountSid'] === accountSid) return
  throw new UnusableId(token, id, `the SID of the provider’s account, ${accountSid}`)
}

// What run time changes at any moment is no reason to ask twice.
function sameState({ createOnly }: ResourceDescription, a: State, b: State): boolean {
  const names = new Set([...Object.keys(a.outputs), ...Object.keys(b.outputs)])
  for (const name of createOnly ?? []) names.delete(name)
  return (
    sameValue(a.inputs, b.inputs) &&
    [...names].every((name) => sameValue(a.outputs[name], b.outputs[name]))
  )
}
