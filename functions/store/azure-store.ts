import type { TableClient, TableEntityResult } from '@azure/data-tables'
import { type AzureAccount, callTimeoutMs, once } from './azure-account.ts'
import { createGate } from './gate.ts'
import type { Store } from './store.ts'

/** `value` is the text; what of it is longer than a property may be stands in `value1`, `value2` … */
type Row = Readonly<Record<string, unknown>>

// A property holds 64 KB of UTF-16.
const longestText = 32_000

const mostAtOnce = 32
// The archive may lag behind what somebody waits for.
const mostArchivedAtOnce = 8
const archivePatienceMs = 60_000
// Twilio waits 15 s for a webhook.
const patienceMs = 5_000

/** The store in Azure Storage: records in the table `state`, with ETags, and the archive in the container `raw`. */
export function createAzureStore(account: AzureAccount): Store {
  const table = once(async () => {
    const client = await account.table('state')
    await client.createTable(bounded()) // an existing one is fine
    return client
  })
  const container = once(async () => {
    const client = await account.container('raw')
    await client.createIfNotExists(bounded())
    return client
  })
  const queue = once(() => account.queue('jobs'))
  const gate = createGate(mostAtOnce, patienceMs)
  const archiveGate = createGate(mostArchivedAtOnce, archivePatienceMs)

  return {
    async archive(path, text) {
      const blob = (await container()).getBlockBlobClient(path)
      return unless([409, 412], () =>
        archiveGate(() =>
          blob.upload(text, Buffer.byteLength(text), {
            ...bounded(),
            conditions: { ifNoneMatch: '*' },
            blobHTTPHeaders: { blobContentType: 'application/json' },
          }),
        ),
      )
    },
    async read(kind, id) {
      const client = await table()
      const row = await gate(() => readRow(client, kind, id))
      return row && { value: JSON.parse(textOf(row)), version: row.etag }
    },
    async create(kind, id, value) {
      const client = await table()
      let etag: string | undefined
      const created = await unless([409], async () => {
        const row = toRow(kind, id, value)
        ;({ etag } = await gate(() => client.createEntity(row, bounded())))
      })
      return created ? etag : undefined
    },
    async replace(kind, id, value, version) {
      const client = await table()
      let etag: string | undefined
      const replaced = await unless([404, 412], async () => {
        const options = () => ({ ...bounded(), etag: version })
        const row = toRow(kind, id, value)
        ;({ etag } = await gate(() => client.updateEntity(row, 'Replace', options())))
      })
      return replaced ? etag : undefined
    },
    async remove(kind, id) {
      const client = await table()
      await unless([404], () => gate(() => client.deleteEntity(kind, id, bounded())))
    },
    async list(kind, most, from) {
      const start = from === undefined ? '' : ` and RowKey ge '${from}'`
      const filter = `PartitionKey eq '${kind}'${start}`
      const rows = (await table()).listEntities<Row>({
        queryOptions: { filter, select: ['rowKey'] },
      })
      const found: { id: string }[] = []
      for await (const page of rows.byPage({ maxPageSize: most })) {
        for (const { rowKey } of page) if (rowKey !== undefined) found.push({ id: rowKey })
        if (most !== undefined && found.length >= most) break
      }
      return found
    },
    async ping() {
      await Promise.all([
        table().then((client) => readRow(client, 'health', 'ping')),
        container().then((client) => client.exists(bounded())),
        queue().then((client) => client.exists(bounded())),
      ])
    },
  }
}

async function readRow(
  client: TableClient,
  kind: string,
  id: string,
): Promise<TableEntityResult<Row> | undefined> {
  try {
    return await client.getEntity<Row>(kind, id, bounded())
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
}

function toRow(kind: string, id: string, value: unknown) {
  const row: Record<string, string> = {}
  const text = toAscii(JSON.stringify(value))
  for (let part = 0; part === 0 || part * longestText < text.length; part++) {
    row[nameOf(part)] = text.slice(part * longestText, (part + 1) * longestText)
  }
  return { partitionKey: kind, rowKey: id, ...row }
}

// A letter of several bytes that falls on the edge of two packets does not arrive whole everywhere (Azurite).
function toAscii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function textOf(row: Row): string {
  let text = ''
  for (let part = 0; ; part++) {
    const piece = row[nameOf(part)]
    if (typeof piece !== 'string') return text
    text += piece
  }
}

function nameOf(part: number): string {
  return part === 0 ? 'value' : `value${part}`
}

/** True when the call succeeds, false when it is refused with one of these statuses. */
async function unless(statuses: readonly number[], call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (statuses.includes(statusOf(error) ?? 0)) return false
    throw error
  }
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined
  return typeof error.statusCode === 'number' ? error.statusCode : undefined
}

function bounded() {
  return { abortSignal: AbortSignal.timeout(callTimeoutMs) }
}
