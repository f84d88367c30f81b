import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import type { ResourceDescription } from '../description/description.ts'
import { read } from '../lifecycle/read.ts'
import type { ListedRows } from '../listing/listed-rows.ts'
import { withoutUsual } from '../listing/untouched.ts'
import type { TwilioClient } from '../requests/client.ts'
import type { ForeignNames } from '../words/foreign-names.ts'
import type { Directory } from '../words/names.ts'
import {
  keptReadings,
  recallNames,
  withoutReadings,
  withReadingSecrets,
  withReadings,
} from '../words/readings.ts'
import type { Telling } from '../words/telling.ts'
import type { Tell } from './engine-log.ts'
import { messages } from './rpc.ts'
import { secretsOf } from './secrets.ts'
import { decode, encode } from './values.ts'

/** What reads of one session share. */
export type ReadingSession = {
  readonly client: TwilioClient
  readonly names: Directory
  readonly foreignNames: ForeignNames
  readonly rows: ListedRows
  readonly telling: Telling
  readonly tell: Tell
  /** The engine named the object, so it is in its state. */
  recorded(id: string): void
}

/** Answers Read: a refresh, an import, or a look at an object that comes into no state. */
export async function answerRead(
  request: messageTypes.ReadRequest,
  resource: ResourceDescription,
  { client, names, foreignNames, rows, telling, tell, recorded }: ReadingSession,
): Promise<messageTypes.ReadResponse> {
  const [id, urn] = [request.getId(), request.getUrn()]
  const known = withoutReadings(resource, decode(request.getProperties()))
  const told = decode(request.getInputs())
  recallNames(resource, told.values, names)
  const inputs = withoutReadings(resource, told)
  // An import knows nothing but the id; a program may leave all inputs of a configuration open.
  const imports = [inputs, known].every(({ values }) => Object.keys(values).length === 0)
  // What is only looked at (for an inventory, say) comes into no state.
  if (!imports) recorded(id)
  const declared = imports ? undefined : inputs.values
  const found = await read(resource, client, id, { known: known.values, inputs: declared, rows })
  // Without an id the answer says: gone.
  const answer = new messages.ReadResponse()
  if (!found) return answer
  const seen = imports ? await withoutUsual(resource, client, found) : found
  if (!imports) telling.refreshed(urn, seen.inputs)
  const news = imports ? untold(resource) : (resource.news?.(known.values, seen.outputs) ?? [])
  for (const sentence of news) await tell(sentence, { urn, severity: 'warning' })
  const hidden = new Set([...known.secrets, ...inputs.secrets])
  const marks = secretsOf(resource, seen.outputs, hidden)
  names.learn(resource, seen.id, { values: seen.outputs, secrets: marks })
  const kept = keptReadings(resource, told.values, seen.inputs)
  const fresh = Object.keys(resource.readings ?? {}).filter((name) => !(name in kept))
  await foreignNames.find(resource, seen.inputs, fresh, client)
  const shown = withReadings(resource, seen.inputs, names)
  return answer
    .setId(seen.id)
    .setProperties(encode(seen.outputs, marks))
    .setInputs(encode({ ...shown, ...kept }, withReadingSecrets(resource, marks)))
}

// What an import can't have.
function untold({ toldOnce = [] }: ResourceDescription): readonly string[] {
  return toldOnce.map(
    (name) =>
      `its ${name} was told at its creation only, so an import has none: where the program needs it, declare a new one instead`,
  )
}
