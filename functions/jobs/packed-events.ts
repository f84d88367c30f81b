import { promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'
import { type ArchivedEvent, archivedEvent } from '../../schemas/index.ts'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** Events as one short text: those of one moment are much alike. */
export async function packEvents(events: readonly ArchivedEvent[]): Promise<string> {
  const level = constants.Z_BEST_SPEED
  return (await zip(JSON.stringify(events), { level })).toString('base64')
}

/** The events that were packed. */
export async function unpackEvents(packed: string): Promise<ArchivedEvent[]> {
  const text = (await unzip(Buffer.from(packed, 'base64'))).toString()
  const events: unknown = JSON.parse(text)
  return Array.isArray(events) ? events.map((event) => archivedEvent.parse(event)) : []
}
