import { hostname } from 'node:os'
import { isSet } from '../comparison/meaning.ts'
import type { Identity } from '../description/description.ts'
import { formatId, pathOf } from '../description/identity.ts'
import { fetchWhole } from '../lifecycle/whole-answer.ts'
import { wholeRows } from '../listing/whole-rows.ts'
import type { Answer } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { retry, wait } from '../requests/retry.ts'
import { fieldOf, fromAnswer, pageSizeOf } from '../requests/wire.ts'
import type { Creation } from './creation.ts'
import type { OpenCreation } from './creation-journal.ts'
import { declaredDigests, wasDeclared } from './likeness.ts'

// What came into being later than this after its entry is somebody else's, however alike.
const mostMs = 60 * 60 * 1000
// What is of no use is deleted: then only what came from that very request counts.
const mostForDeletionMs = 60 * 1000
// Lists and reads lag behind writes; a deployment that follows at once may be too early.
const youngMs = 30_000
const looksMs = [500, 1500]
// The provider of a killed engine notices within four seconds.
const outlivesMs = 6_000

/** Notes that a creation is about to be asked for, where what is noted could prove later on whose object it is. */
export async function beginEntry(creation: Creation, { property }: Identity): Promise<void> {
  const { resource, client, inputs, path, registration } = creation
  const { journal, urn, secrets } = registration
  const now = client.now()
  const declared = declaredDigests(resource, inputs, secrets)
  if (now === undefined || (isSet(inputs[property]) && !(property in declared))) return
  await journal.begin({ urn, path, since: new Date(now).toISOString(), declared })
}

/**
 * The object that an earlier deployment made for this resource and was killed before the engine had it; undefined when there is
 * none. It may have been declared otherwise then.
 */
export async function findInterrupted(
  creation: Creation,
  identity: Identity,
): Promise<Answer | undefined> {
  const { client, path, registration } = creation
  const { ledger, journal, urn, tell } = registration
  const entry = await journal.open(urn, path)
  if (!entry || (entry.id !== undefined && ledger.isKnown(entry.id))) return undefined
  await theEndOf(entry.process, client.signal)
  const sid = entry.id?.split('/').at(-1) ?? (await findRow(creation, identity, entry))
  const found = sid === undefined ? undefined : await get(creation, sid, entry)
  if (found && !creation.resource.toldOnce) {
    const message = `takes over ${sid}, which an interrupted deployment made for it after ${entry.since}`
    void tell(message, { urn })
  }
  return found
}

async function findRow(
  creation: Creation,
  identity: Identity,
  entry: OpenCreation,
): Promise<string | undefined> {
  const { resource, client, path } = creation
  const parameters = { PageSize: pageSizeOf(resource) }
  const request = { host: resource.host, path, parameters }
  for (const waitMs of [0, ...(isYoung(creation, entry) ? looksMs : [])]) {
    await wait(waitMs, client.signal)
    const rows = await client.list(request, identity.rows)
    const candidates = rows.filter((one) => mayBeOfEntry(creation, identity, entry, one))
    const whole = await wholeRows(resource, client, creation.inputs, candidates)
    const row = whole.find((one) => wasDeclared(resource, entry.declared, creation.inputs, one))
    if (row) return String(row['sid'])
  }
  return undefined
}

/** Made since the entry by Twilio's own clock, and nobody else's. */
function mayBeOfEntry(
  { resource, inputs, registration }: Creation,
  { property }: Identity,
  { since, declared, urn }: OpenCreation,
  row: Answer,
): boolean {
  const { ledger, journal } = registration
  const id = formatId(resource, { ...inputs, ...fromAnswer(resource, row, inputs) })
  const created = Date.parse(String(row['date_created']))
  // Dates are whole seconds.
  const earliest = Math.floor(Date.parse(since) / 1000) * 1000
  const named =
    property in declared
      ? fieldOf(resource, property) in row
      : resource.matches?.(inputs, row) === true
  return (
    named &&
    created >= earliest &&
    created <= earliest + (resource.toldOnce ? mostForDeletionMs : mostMs) &&
    !ledger.isKnown(id) &&
    !journal.isOthers(id, urn)
  )
}

// A row need not tell everything. Gone already is as if it had never been.
async function get(
  creation: Creation,
  sid: string,
  entry: OpenCreation,
): Promise<Answer | undefined> {
  const { resource, client, inputs } = creation
  const path = pathOf(resource, client.accountSid, inputs, sid)
  const isGone = (error: unknown) => error instanceof TwilioError && error.status === 404
  try {
    return await retry(() => fetchWhole(resource, client, path), {
      waitsMs: isYoung(creation, entry) ? looksMs : [],
      passes: isGone,
      signal: client.signal,
    })
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

function isYoung({ client }: Creation, { since }: OpenCreation): boolean {
  return (client.now() ?? 0) - Date.parse(since) < youngMs
}

// A provider outlives a killed engine for a moment, and may be about to create what is missing.
async function theEndOf(
  { host, pid }: OpenCreation['process'],
  signal: AbortSignal | undefined,
): Promise<void> {
  const until = performance.now() + outlivesMs
  const isAlive = () => host === hostname() && pid !== process.pid && exists(pid)
  while (isAlive() && performance.now() < until && !signal?.aborted) await wait(100, signal)
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
