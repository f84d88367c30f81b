import { isSet } from '../comparison/meaning.ts'
import type { Identity } from '../description/description.ts'
import { formatId } from '../description/identity.ts'
import { wholeRows } from '../listing/whole-rows.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, Parameter } from '../requests/client.ts'
import { TwilioError, TwilioUnreachable, UnusableAnswer } from '../requests/errors.ts'
import { wait } from '../requests/retry.ts'
import { fieldOf, fromAnswer, pageSizeOf, parameterName } from '../requests/wire.ts'
import type { Creation } from './creation.ts'
import { cameOf, isAsDeclared } from './likeness.ts'
import { ObjectExists } from './object-exists.ts'

/** The rows of that name, as soon as `enough` is among them; undefined when Twilio gives no list. */
export async function look(
  creation: Creation,
  identity: Identity,
  waitsMs: readonly number[],
  enough: (row: Answer) => boolean,
): Promise<readonly Answer[] | undefined> {
  const { inputs, client } = creation
  const named = inputs[identity.property]
  const filter = identity.listsByName && isSet(named)
  const parameters = filter ? { [parameterName(identity.property)]: String(named) } : {}
  let rows: readonly Answer[] = []
  for (const waitMs of waitsMs) {
    await wait(waitMs, client.signal)
    try {
      const all = await list(creation, identity, parameters)
      const sameName = all.filter((row) => isNamed(creation, row))
      rows = await wholeRows(creation.resource, client, inputs, sameName)
    } catch (error) {
      if (error instanceof TwilioError || error instanceof TwilioUnreachable) return undefined
      if (error instanceof UnusableAnswer) return undefined
      throw error
    }
    if (rows.some(enough)) return rows
  }
  return rows
}

/** What an interrupted deployment left is not made again. Where names are not unique, only an equal object is taken for it. */
export async function refuseTwin(creation: Creation, identity: Identity): Promise<void> {
  const { resource, client, inputs, path, registration } = creation
  const { ledger } = registration
  const rows = await ledger.before(path, () => list(creation, identity, {}))
  const foreign = rows.filter(
    (row) => !ledger.isKnown(idOf(creation, row)) && isNamed(creation, row),
  )
  const twin = (await wholeRows(resource, client, inputs, foreign)).find((row) =>
    isAsDeclared(resource, inputs, row),
  )
  if (twin) throw existing(creation, identity, twin)
}

function list(
  { client, resource, path }: Creation,
  { rows }: Identity,
  parameters: Readonly<Record<string, Parameter>>,
): Promise<readonly Answer[]> {
  const paged = { ...parameters, PageSize: pageSizeOf(resource) }
  const request = { host: resource.host, path, parameters: paged }
  return client.list(request, rows)
}

/**
 * Ours is what came into being since the creation began, by Twilio's own clock, has every declared value, and belongs to nobody
 * else here.
 */
export function isOurs(creation: Creation, row: Answer, since: number | undefined): boolean {
  const created = Date.parse(String(row['date_created']))
  if (since === undefined || !Number.isFinite(created)) return false
  // Dates are whole seconds.
  return (
    created >= Math.floor(since / 1000) * 1000 &&
    !creation.registration.ledger.isKnown(idOf(creation, row)) &&
    cameOf(creation.resource, creation.inputs, row)
  )
}

function isNamed({ resource, inputs }: Creation, row: Answer): boolean {
  const { property = '' } = resource.identity ?? {}
  const named = inputs[property]
  return isSet(named)
    ? row[fieldOf(resource, property)] === named
    : resource.matches?.(inputs, row) === true
}

/** The refusal of a creation: what is there already, and how it is taken over. */
export function existing(
  creation: Creation,
  { property }: Identity,
  row: Answer,
  cause?: unknown,
): ObjectExists {
  const { resource, inputs, registration } = creation
  const { name } = registration
  const id = idOf(creation, row)
  const identity = `${property} “${String(row[fieldOf(resource, property)])}”`
  const differs = !isAsDeclared(resource, inputs, row)
  return new ObjectExists({ token: resource.token, name, identity, id, differs }, cause)
}

/** The id of the object that a row tells of. */
export function idOf({ resource, inputs }: Creation, row: Answer): string {
  return formatId(resource, { ...inputs, ...fromAnswer(resource, row, inputs) })
}

/** Whether Twilio refuses a second one of this name. */
export function isUnique({ unique, property }: Identity, inputs: Properties): boolean {
  return unique && isSet(inputs[property])
}
