import type { WriteContext } from '../description/description.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'
import { unlessGone } from '../requests/late-reads.ts'
import type { SubscribedType } from './event-types-reading.ts'

const host = 'events.twilio.com'

/** The event types that a subscription has at Twilio. */
export async function listTypes(
  client: TwilioClient,
  subscriptionSid: string,
): Promise<readonly SubscribedType[]> {
  const path = `/v1/Subscriptions/${encodeURIComponent(subscriptionSid)}/SubscribedEvents`
  const rows = await client.list({ host, path, parameters: { PageSize: 1000 } }, 'types')
  return rows.map((row) => ({
    type: String(row['type']),
    schemaVersion: Number(row['schema_version']),
  }))
}

/**
 * Adds, changes and takes out what differs between two sets of types. What comes is there before anything goes, so that no
 * subscription is ever empty; what is there or gone already is left as it is.
 */
export async function writeTypes(
  { client, path }: WriteContext,
  before: readonly SubscribedType[],
  after: readonly SubscribedType[],
): Promise<void> {
  const collection = `${path}/SubscribedEvents`
  const placeOf = (type: string) => `${collection}/${encodeURIComponent(type)}`
  const old = new Map(before.map((each) => [each.type, each]))
  const kept = new Set(after.map(({ type }) => type))
  for (const { type, schemaVersion } of after) {
    const known = old.get(type)
    if (known && known.schemaVersion === schemaVersion) continue
    const version = schemaVersion ?? (known && (await latestVersion(client, type)))
    const parameters: Record<string, number> =
      version === undefined ? {} : { SchemaVersion: version }
    const change = () => client.send({ method: 'POST', host, path: placeOf(type), parameters })
    // One that somebody took out in the meantime comes back as a new one.
    if (known && (await unlessGone(change))) continue
    await add({ client, path: collection, type, parameters, version })
  }
  for (const { type } of before) {
    if (kept.has(type)) continue
    await unlessGone(() => client.send({ method: 'DELETE', host, path: placeOf(type) }))
  }
}

type Addition = {
  readonly client: TwilioClient
  readonly path: string
  readonly type: string
  readonly parameters: Readonly<Record<string, number>>
  readonly version: number | undefined
}

// A try whose answer was lost may have added it, and somebody in the console may have been faster.
async function add({ client, path, type, parameters, version }: Addition): Promise<void> {
  const added = { Type: type, ...parameters }
  try {
    await client.send({ method: 'POST', host, path, parameters: added })
  } catch (error) {
    if (!(error instanceof TwilioError) || ![400, 409].includes(error.status)) throw error
    const place = `${path}/${encodeURIComponent(type)}`
    const live = await unlessGone(() => client.send({ method: 'GET', host, path: place }))
    if (!live || (version !== undefined && live['schema_version'] !== version)) throw error
  }
}

// A version that the program no longer names is cleared, and without one a type has the latest.
async function latestVersion(client: TwilioClient, type: string): Promise<number | undefined> {
  const ask = (path: string) => client.send({ method: 'GET', host, path })
  const told: Answer | undefined = await ask(`/v1/Types/${encodeURIComponent(type)}`)
  const schema = await ask(`/v1/Schemas/${encodeURIComponent(String(told?.['schema_id']))}`)
  const latest = schema?.['latest_version']
  return typeof latest === 'number' ? latest : undefined
}
