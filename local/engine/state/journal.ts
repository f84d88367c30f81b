import { closeSync, existsSync, fdatasync, fsyncSync, openSync, readFileSync, write } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { CheckpointRefused } from '../errors.ts'
import type { PropertyValue } from '../values/property-value.ts'
import { type ResourceState, readState } from './resource-state.ts'
import type { SnapshotRecord } from './snapshot.ts'

/**
 * An append-only file beside the checkpoint: first line the digest of the checkpoint it continues, then one record a
 * line. What a killed engine leaves is folded into the checkpoint at the next start.
 */
export interface Journal {
  /** Appends lines; they reach the disk in this order. */
  append(lines: readonly string[]): void
  /** Holds when everything appended so far is on the disk. Waiters share one sync. */
  durable(): Promise<void>
  close(): Promise<void>
}

const writeFile = promisify(write)
const syncFile = promisify(fdatasync)

/** Opens a new journal that continues the checkpoint with the given digest. */
export function createJournal(file: string, baseDigest: string): Journal {
  const descriptor = openSync(file, 'wx')
  // A file that its folder does not name yet would not survive a power cut.
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
  let waiting: string[] = [JSON.stringify({ journal: 1, base: baseDigest })]
  let failure: unknown
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const flush = async () => {
    const lines = waiting
    waiting = []
    if (lines.length === 0) return
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await writeFile(descriptor, bytes, at, bytes.length - at)
      at += bytesWritten
    }
    await syncFile(descriptor)
  }
  const durable = (): Promise<void> => {
    if (failure) return Promise.reject(failure)
    // Whoever comes while a sync runs waits for the next one, which takes all lines that came meanwhile.
    next ??= (running ?? Promise.resolve()).then(() => {
      next = undefined
      running = flush()
      return running
    })
    return next.catch((error) => {
      failure = error
      throw error
    })
  }
  return {
    append(lines) {
      for (const line of lines) waiting.push(line)
    },
    durable,
    async close() {
      await durable()
      closeSync(descriptor)
    },
  }
}

/** The line of a record; `encode` writes a state. */
export function writeRecord(
  record: SnapshotRecord,
  encode: (state: ResourceState) => string,
  seal: (value: PropertyValue) => PropertyValue,
): string {
  switch (record.kind) {
    case 'begin':
      return withState(record, 'resource', encode(record.resource))
    case 'put':
      return withState(record, 'state', encode(record.state))
    case 'outputs':
      return JSON.stringify({ ...record, outputs: seal(record.outputs) })
    default:
      return JSON.stringify(record)
  }
}

// States are long and already encoded for the checkpoint: they are spliced in as text.
function withState(record: SnapshotRecord, field: string, encoded: string): string {
  return `${JSON.stringify({ ...record, [field]: undefined }).slice(0, -1)},"${field}":${encoded}}`
}

/** What a journal file says. */
export type JournalContent = {
  /** Digest of the checkpoint that the records continue. */
  readonly base: string
  readonly records: readonly SnapshotRecord[]
  /** Digest of the checkpoint that already contains the records, when folding had begun. */
  readonly folded?: string
}

/** The line that says: the records are in the checkpoint with this digest, which is put in place next. */
export function foldedLine(checkpointDigest: string): string {
  return JSON.stringify({ kind: 'folded', digest: checkpointDigest })
}

/** Reads a journal, undefined when there is none. A last line cut short by a crash is left out. */
export function readJournal(
  file: string,
  open: (value: PropertyValue) => PropertyValue,
): JournalContent | undefined {
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  // A complete file ends in a line break, so the last piece is either empty or a line cut short.
  lines.pop()
  const [header, ...rest] = lines.map((line, i) => parseLine(file, line, i + 1))
  if (!header) return { base: '', records: [] }
  if (header['journal'] !== 1 || typeof header['base'] !== 'string') {
    throw refuse(file, 'it is not a journal of the embedded engine')
  }
  const folded = rest.find(({ kind }) => kind === 'folded')?.['digest']
  return {
    base: header['base'],
    records: rest.filter(({ kind }) => kind !== 'folded').map((line) => readRecord(line, open)),
    ...(typeof folded === 'string' ? { folded } : {}),
  }
}

function readRecord(
  line: Record<string, unknown>,
  open: (value: PropertyValue) => PropertyValue,
): SnapshotRecord {
  const record: Record<string, unknown> = { ...line }
  for (const field of ['resource', 'state']) {
    const state = record[field]
    if (state) record[field] = readState(state as Record<string, unknown>, open)
  }
  if (record['outputs']) record['outputs'] = open(record['outputs'] as PropertyValue)
  return record as SnapshotRecord
}

function parseLine(file: string, line: string, number: number): Record<string, unknown> {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw refuse(file, `line ${number} is damaged`, { cause })
  }
}

function refuse(file: string, reason: string, options?: ErrorOptions): CheckpointRefused {
  return new CheckpointRefused(
    file,
    reason,
    'It holds what an interrupted run had changed; move it away only if those changes may be forgotten',
    options,
  )
}
