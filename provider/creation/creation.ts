import { isSet } from '../comparison/meaning.ts'
import type { Identity, ResourceDescription } from '../description/description.ts'
import type { Tell } from '../protocol/engine-log.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { TwilioError, TwilioUnreachable, UnusableAnswer } from '../requests/errors.ts'
import { wait } from '../requests/retry.ts'
import { sentInputs, toParameters } from '../requests/wire.ts'
import type { CreationJournal } from './creation-journal.ts'
import { discard } from './discard.ts'
import { beginEntry, findInterrupted } from './interrupted.ts'
import type { Ledger } from './ledger.ts'
import { existing, idOf, isOurs, isUnique, look, refuseTwin } from './same-name.ts'

/** Who asks for a creation, and where it is noted. */
export type Registration = {
  readonly ledger: Ledger
  readonly journal: CreationJournal
  readonly urn: string
  /** Name of the resource in the program. */
  readonly name: string
  /** The inputs that are secret. */
  readonly secrets: ReadonlySet<string>
  readonly tell: Tell
}

/** The object that a creation led to. */
export type Created = {
  readonly answer: Answer
  /** It was interrupted, in an earlier deployment or halfway: perhaps the object is not as it is declared now. */
  readonly interrupted: boolean
}

/** One creation: what is to be made, where, and how Twilio is asked for it. */
export type Creation = {
  readonly resource: ResourceDescription
  readonly client: TwilioClient
  readonly registration: Registration
  readonly inputs: Properties
  /** Path of the collection. */
  readonly path: string
  /** Asks Twilio once; throws when it is not known whether the object was made. */
  readonly post: () => Promise<Answer>
}

const rounds = 6
// Lists lag behind writes. Where a second object would be made, absence is believed only after all these looks.
const looksMs = [0, 500, 1500]

/**
 * Makes the object once: when the answer is lost, the object is looked for by its identity, and only made again when it is not
 * there; an earlier deployment that was killed may have made it too. Throws `ObjectExists` for one that was there before, or
 * that cannot be proven to come from here.
 */
export async function createOnce(creation: Creation): Promise<Created> {
  const { resource, path, inputs, post, registration } = creation
  const { ledger, journal, urn } = registration
  const { identity } = resource
  if (!identity) return { answer: await post(), interrupted: false }
  const named = inputs[identity.property]
  return ledger.alone(`${path} ${String(named)}`, async () => {
    const left = await findInterrupted(creation, identity)
    if (left && resource.toldOnce) {
      await discard(creation, left)
    } else if (left) {
      ledger.know(idOf(creation, left))
      await journal.made(urn, path, idOf(creation, left))
      return { answer: left, interrupted: true }
    }
    if (!isUnique(identity, inputs)) await refuseTwin(creation, identity)
    const { answer, lost } = await noted(creation, identity)
    ledger.made(idOf(creation, answer))
    return { answer, interrupted: lost && resource.setAfterwards !== undefined }
  })
}

/** The plain POST to the collection with everything that the program says. */
export async function plainCreate(
  resource: ResourceDescription,
  client: TwilioClient,
  path: string,
  inputs: Properties,
): Promise<Answer> {
  const names = sentInputs(resource).filter((name) => isSet(inputs[name]))
  const answer = await client.send({
    method: 'POST',
    host: resource.host,
    path,
    parameters: toParameters(resource, inputs, names),
    creates: true,
  })
  return answer ?? {}
}

// The note stays while the object may be there and the engine may not have it.
async function noted(
  creation: Creation,
  identity: Identity,
): Promise<{ readonly answer: Answer; readonly lost: boolean }> {
  const { path, registration } = creation
  const { journal, urn } = registration
  const doubt = { uncertain: false }
  await beginEntry(creation, identity)
  try {
    const answer = await untilCertain(creation, identity, doubt)
    await journal.made(urn, path, idOf(creation, answer))
    return { answer, lost: doubt.uncertain }
  } catch (error) {
    if (!doubt.uncertain) await journal.drop(urn, path)
    throw error
  }
}

async function untilCertain(
  creation: Creation,
  identity: Identity,
  doubt: { uncertain: boolean },
): Promise<Answer> {
  const { client, inputs } = creation
  const since = client.now()
  for (let round = 1; ; round++) {
    try {
      const answer = await creation.post()
      if (typeof answer['sid'] === 'string') return answer
      throw new UnusableAnswer(`the SID of ${creation.resource.token}`)
    } catch (error) {
      const taken = isUnique(identity, inputs) && isTaken(error)
      if (!taken && !mayBeMade(error)) throw error
      doubt.uncertain ||= !taken
      // A second one of a unique name is refused, so there one look is enough before the next try.
      const looks = taken
        ? looksMs.slice(0, doubt.uncertain ? 3 : 1)
        : isUnique(identity, inputs)
          ? [0]
          : looksMs
      const rows = await look(creation, identity, looks, (row) => isOurs(creation, row, since))
      // Nothing is known when Twilio can't even be asked: the first failure says what to do.
      if (!rows) throw error
      const ours = doubt.uncertain ? rows.find((row) => isOurs(creation, row, since)) : undefined
      if (ours && !creation.resource.toldOnce) return ours
      if (ours) await discard(creation, ours)
      const [other] = rows
      if (taken) throw other ? existing(creation, identity, other, error) : error
      if (round >= rounds || client.signal?.aborted) throw error
      await wait(50 * 2 ** round, client.signal)
    }
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof TwilioError && [400, 409].includes(error.status)
}

function mayBeMade(error: unknown): boolean {
  if (error instanceof UnusableAnswer) return true
  if (error instanceof TwilioUnreachable) return error.mayExist
  return error instanceof TwilioError && error.status >= 500
}
