import { canonical, isSet, outputsOf, toldOnce, withDefaults } from '../comparison/meaning.ts'
import { claimedBy, sharedAmong } from '../comparison/owned-keys.ts'
import {
  diffProperty,
  type PropertyChange,
  sameValue,
  wholeSets,
} from '../comparison/property-diff.ts'
import { createOnce, plainCreate, type Registration } from '../creation/creation.ts'
import type { HookContext, ResourceDescription, WriteContext } from '../description/description.ts'
import { formatId, parseId, pathOf } from '../description/identity.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient, TwilioRequest } from '../requests/client.ts'
import { unlessGone, until404Passes, whileYoung } from '../requests/late-reads.ts'
import { fromAnswer, sentInputs, toParameters } from '../requests/wire.ts'
import { writtenParameters } from './clearing.ts'
import { ObjectDiffers, ObjectGone } from './errors.ts'
import { type SharedChange, sendMerged } from './merged-write.ts'
import { completed } from './whole-answer.ts'

/** An object as Pulumi keeps it. */
export type State = {
  readonly id: string
  readonly inputs: Properties
  readonly outputs: Properties
}

/** What changes between two sets of inputs. */
export type Difference = {
  readonly changes: readonly PropertyChange[]
  /** Top-level properties whose change makes a new object. */
  readonly replaces: readonly string[]
  readonly deleteBeforeReplace: boolean
}

/** Compares inputs by meaning. Unknown values count as changed. */
export function diff(
  resource: ResourceDescription,
  before: Properties,
  after: Properties,
): Difference {
  const ignored = new Set(resource.createOnly ?? [])
  const changes = Object.keys(resource.inputs.properties)
    .filter((name) => !ignored.has(name))
    .flatMap((name) => {
      const [old, fresh] = [before[name], after[name]].map((value) =>
        canonical(resource, name, value),
      )
      return wholeSets(diffProperty(name, old, fresh), resource.set ?? [])
    })
  const touched = new Set(changes.map(({ property }) => property))
  const replaces = resource.replaceOn.filter((name) => touched.has(name))
  return {
    changes,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && resource.deleteBeforeReplace === true,
  }
}

/** What a creation will give, as far as that is known beforehand. */
export function previewCreate(resource: ResourceDescription, inputs: Properties): Properties {
  return withDefaults(resource, inputs)
}

/** Observes whether the object is there already (only where `find` says so), creates it otherwise, and brings it in line. */
export async function create(
  resource: ResourceDescription,
  client: TwilioClient,
  inputs: Properties,
  registration: Registration,
): Promise<State> {
  const path = pathOf(resource, client.accountSid, inputs)
  const { urn, tell } = registration
  const warn = (message: string) => tell(message, { urn, severity: 'warning' })
  const context = { client, properties: inputs, path, warn }
  // “Not found” here is the parent, which may be a moment old.
  const post = () =>
    until404Passes(
      client,
      () => resource.create?.(context) ?? plainCreate(resource, client, path, inputs),
    )
  const found = await until404Passes(client, () => find(resource, context))
  if (!found) await resource.beforeWrite?.(context)
  const { answer, interrupted } = found
    ? { answer: found, interrupted: false }
    : await createOnce({ resource, client, registration, inputs, path, post })
  const wasThere = found !== undefined || interrupted
  const synced = wasThere
    ? await sync(resource, context, answer, resource.takeOver?.(inputs) ?? inputs)
    : answer
  const state = stateOf(resource, inputs, await completed(resource, client, synced))
  registration.ledger.know(state.id)
  return state
}

/** What an update will give, as far as that is known beforehand: what Twilio computes stays, the inputs are the new ones. */
export function previewUpdate(
  resource: ResourceDescription,
  known: Properties,
  inputs: Properties,
): Properties {
  const computed = Object.keys(resource.outputs.properties).filter(
    (name) => isSet(known[name]) && !resource.renewed?.includes(name),
  )
  const kept = Object.fromEntries(computed.map((name) => [name, known[name]]))
  return { ...kept, ...withDefaults(resource, inputs) }
}

/**
 * Sends what differs between the old and the new inputs, and nothing else: an update writes what its preview showed. What drifted
 * comes into the old inputs by a refresh. Throws `ObjectGone`.
 */
export async function update(
  resource: ResourceDescription,
  client: TwilioClient,
  old: State,
  inputs: Properties,
  warn: WriteContext['warn'],
): Promise<Properties> {
  const { sids, sid } = parseId(resource, old.id)
  const path = pathOf(resource, client.accountSid, sids, sid)
  const changes = diff(resource, old.inputs, inputs).changes
  const touched = new Set(changes.map(({ property }) => property))
  const names = updatedNames(
    resource,
    inputs,
    new Set([...touched, ...claimedBy(resource, touched, inputs)]),
  )
  // What steers only this provider asks nothing of Twilio, so that nothing there counts as seen.
  if (names.length === 0) return outputsOf(resource, inputs, sentOutputs(resource, old.outputs))
  const context = { client, properties: inputs, path, known: old.outputs, warn }
  const shared = sharedAmong(resource, names, inputs)
  const plain = names.filter((name) => !shared.includes(name))
  const parameters = await writtenParameters(resource, context, plain, old.inputs)
  const request: TwilioRequest = { method: 'POST', host: resource.host, path, parameters }
  const change = { names: shared, before: old.inputs, after: inputs }
  const write = () => writeChange(resource, context, request, change)
  const answer = await unlessGone(() => whileYoung(client, old.outputs, write))
  if (!answer) throw new ObjectGone(resource.token, old.id)
  const whole = await completed(resource, client, answer)
  const live = { ...toldOnce(resource, old.outputs), ...fromAnswer(resource, whole, inputs) }
  return outputsOf(resource, inputs, { ...live, ...sids })
}

// An object that was there already gets what is declared, where it differs from what was observed.
async function sync(
  resource: ResourceDescription,
  { client, warn }: WriteContext,
  found: Answer,
  inputs: Properties,
): Promise<Answer> {
  const live = fromAnswer(resource, found, inputs)
  const fixed = new Set([...resource.replaceOn, ...(resource.createOnly ?? [])])
  const differing = sentInputs(resource).filter(
    (name) =>
      isSet(inputs[name]) &&
      !sameValue(canonical(resource, name, live[name]), canonical(resource, name, inputs[name])),
  )
  const stuck = differing.filter((name) => resource.replaceOn.includes(name))
  if (stuck.length > 0) {
    const values = stuck.map((name) => [name, live[name]])
    throw new ObjectDiffers(resource.token, Object.fromEntries(values))
  }
  const names = updatedNames(
    resource,
    inputs,
    new Set(differing.filter((name) => !fixed.has(name))),
  )
  if (names.length === 0) return found
  const path = pathOf(resource, client.accountSid, inputs, String(found['sid']))
  const context = { client, properties: inputs, path, known: live, warn }
  const shared = sharedAmong(resource, names, inputs)
  const plain = names.filter((name) => !shared.includes(name))
  const parameters = toParameters(resource, inputs, plain, live)
  const request: TwilioRequest = { method: 'POST', host: resource.host, path, parameters }
  const change = { names: shared, before: {}, after: inputs }
  return (await writeChange(resource, context, request, change)) ?? found
}

async function writeChange(
  resource: ResourceDescription,
  context: WriteContext,
  request: TwilioRequest,
  change: SharedChange,
): Promise<Answer | undefined> {
  const { client } = context
  const there = await resource.beforeWrite?.(context)
  if (there) return there
  const written =
    change.names.length > 0
      ? await sendMerged(resource, client, request, change)
      : await client.send(request)
  if (written) await resource.afterWrite?.(context, written)
  return written
}

// What there is exactly one of is there as soon as its parent is.
async function find(
  resource: ResourceDescription,
  context: HookContext,
): Promise<Answer | undefined> {
  if (resource.find || !resource.single) return resource.find?.(context)
  return context.client.send({ method: 'GET', host: resource.host, path: context.path })
}

// What an update sends when these inputs changed.
function updatedNames(
  resource: ResourceDescription,
  inputs: Properties,
  touched: ReadonlySet<string>,
): readonly string[] {
  const sent = sentInputs(resource)
  const names = sent.filter((name) => touched.has(name))
  if (names.length === 0 || !resource.wholeUpdates) return names
  return sent.filter((name) => touched.has(name) || isSet(inputs[name]))
}

function sentOutputs({ localOnly }: ResourceDescription, outputs: Properties): Properties {
  const sent = Object.entries(outputs).filter(([name]) => !localOnly?.includes(name))
  return Object.fromEntries(sent)
}

function stateOf(resource: ResourceDescription, inputs: Properties, answer: Answer): State {
  const live = fromAnswer(resource, answer, inputs)
  const outputs = outputsOf(resource, inputs, live)
  return { id: formatId(resource, { ...inputs, ...live }), inputs, outputs }
}
