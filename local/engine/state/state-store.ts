import { randomBytes } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CheckpointRefused } from '../errors.ts'
import {
  type Deployment,
  digest,
  encodeState,
  openDeployment,
  parseCheckpoint,
  writeCheckpoint,
  writeDeployment,
} from './checkpoint.ts'
import type { DeploymentJson } from './checkpoint-schema.ts'
import { createJournal, foldedLine, type Journal, readJournal, writeRecord } from './journal.ts'
import { acquireLock, type Lock } from './lock.ts'
import { openPassphrase } from './passphrase.ts'
import type { PendingOperation, ResourceState } from './resource-state.ts'
import { createSecretCodec, type SecretCodec } from './secret-codec.ts'
import { createSnapshot, type Snapshot, type SnapshotRecord } from './snapshot.ts'

/** Where a stack's state lives: a folder laid out as Pulumi's file backend. */
export type StackLocation = {
  /** The folder that `pulumi login file://…` would name. */
  readonly stateDir: string
  readonly project: string
  readonly stack: string
}

/** The files of one stack. */
export function stackFiles({ stateDir, project, stack }: StackLocation) {
  const root = join(stateDir, '.pulumi')
  const checkpoint = join(root, 'stacks', project, `${stack}.json`)
  return {
    meta: join(root, 'meta.yaml'),
    checkpoint,
    backup: `${checkpoint}.bak`,
    journal: join(dirname(checkpoint), `${stack}.journal`),
    locks: join(root, 'locks', 'organization', project, stack),
  }
}

/** A stack's state, opened for one operation. */
export interface StateStore {
  readonly snapshot: Snapshot
  /** Pending operations of earlier runs. */
  readonly pending: readonly PendingOperation[]
  /** What opening had to mend, in words. */
  readonly notes: readonly string[]
  /** Opens the secrets of another deployment, which may have its own salt. */
  codecFor(json: DeploymentJson): Promise<SecretCodec>
  /** Changes the snapshot, and the journal when the store is writable. */
  record(record: SnapshotRecord): number | undefined
  /** Holds when all records so far are on the disk. */
  durable(): Promise<void>
  /** Replaces what the checkpoint will hold; used where a whole list changes at once (refresh, import). */
  replace(deployment: Deployment): void
  /** The deployment part of a checkpoint as it would be written now. */
  write(pending?: readonly PendingOperation[]): string
  /** Folds the changes into the checkpoint; without changes the file is not touched. */
  commit(pending: readonly PendingOperation[], command: string): Promise<void>
  /** Gives the lock back. */
  release(): void
}

/** Opens a stack's state. `writable` takes the lock and folds what a killed engine left. */
export async function openState(
  location: StackLocation,
  options: { readonly passphrase: string; readonly salt?: string; readonly writable: boolean },
): Promise<StateStore> {
  const files = stackFiles(location)
  let lock: Lock | undefined
  if (options.writable) {
    mkdirSync(dirname(files.checkpoint), { recursive: true })
    if (!existsSync(files.meta)) writeFileSync(files.meta, 'version: 1\n')
    lock = acquireLock(files.locks)
  }
  try {
    return await open(location, options, lock)
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function open(
  location: StackLocation,
  options: { readonly passphrase: string; readonly salt?: string; readonly writable: boolean },
  lock: Lock | undefined,
): Promise<StateStore> {
  const files = stackFiles(location)
  const text = readCheckpointText(files.checkpoint)
  const json = text === undefined ? undefined : parseCheckpoint(files.checkpoint, text, location)
  const passphrase = await openPassphrase(options.passphrase, saltOf(json) ?? options.salt)
  const codec = createSecretCodec(passphrase)
  const base = json ? openDeployment(files.checkpoint, json, codec) : { resources: [], pending: [] }
  const recovered = recover(files, text ?? '', base, codec)

  const encoded = new WeakMap<ResourceState, string>()
  const encode = (state: ResourceState) => {
    let text = encoded.get(state)
    if (text === undefined) {
      text = encodeState(state, codec.seal)
      encoded.set(state, text)
    }
    return text
  }
  const start = recovered?.deployment ?? base
  let snapshot = createSnapshot(start.resources)
  let baseDigest = digest(text ?? '')
  let journal: Journal | undefined
  let changed = false
  // Records that alone do not deserve a write wait here until one comes that does.
  let held: string[] = []

  const save = (deployment: string) => {
    const content = writeCheckpoint(location, deployment)
    baseDigest = digest(content)
    return content
  }
  const store: StateStore = {
    get snapshot() {
      return snapshot
    },
    pending: start.pending,
    notes: [...(lock?.stale ?? []), ...(recovered?.notes ?? [])],
    async codecFor(json) {
      const salt = saltOf(json)
      if (salt === undefined || salt === passphrase.salt) return codec
      return createSecretCodec(await openPassphrase(options.passphrase, salt))
    },
    record(record) {
      const handle = snapshot.apply(record)
      if (!lock) return handle
      held.push(writeRecord(record, encode, codec.seal))
      if (record.kind !== 'same') {
        changed = true
        journal ??= createJournal(files.journal, baseDigest)
        journal.append(held)
        held = []
      }
      return handle
    },
    durable: () => journal?.durable() ?? Promise.resolve(),
    replace(deployment) {
      changed = true
      snapshot = createSnapshot(deployment.resources)
    },
    write: (pending = start.pending) =>
      writeDeployment({ resources: snapshot.resources(), pending }, passphrase.salt, encode),
    async commit(pending, command) {
      const samePending = JSON.stringify(pending) === JSON.stringify(base.pending)
      if (!changed && samePending && text !== undefined && !recovered) return
      const deployment = { resources: snapshot.resources(), pending }
      const content = save(writeDeployment(deployment, passphrase.salt, encode, command))
      journal?.append([foldedLine(baseDigest)])
      await journal?.close()
      replaceFile(files, content)
      rmSync(files.journal, { force: true })
      journal = undefined
      changed = false
    },
    release: () => lock?.release(),
  }
  if (lock && recovered) {
    const content = save(writeDeployment(start, passphrase.salt, encode))
    replaceFile(files, content)
    rmSync(files.journal, { force: true })
  }
  return store
}

function readCheckpointText(file: string): string | undefined {
  if (existsSync(file)) return readFileSync(file, 'utf8')
  for (const ending of ['.gz', '.zst']) {
    if (existsSync(file + ending)) {
      throw new CheckpointRefused(
        file + ending,
        'it is compressed, and the embedded engine reads plain checkpoints only',
        'Export the stack with the Pulumi CLI and import it without compression',
      )
    }
  }
  return undefined
}

function saltOf(json: DeploymentJson | undefined): string | undefined {
  return json?.secrets_providers?.state?.salt
}

/** What an interrupted run left in its journal, applied to the checkpoint it continued. */
function recover(
  files: ReturnType<typeof stackFiles>,
  text: string,
  base: Deployment,
  codec: SecretCodec,
): { readonly deployment: Deployment; readonly notes: readonly string[] } | undefined {
  const content = readJournal(files.journal, codec.open)
  if (!content) return undefined
  const found = digest(text)
  // The run was killed after the new checkpoint was put in place and before the journal went, or before its first line.
  if (content.folded === found || content.base === '') return { deployment: base, notes: [] }
  if (content.base !== found) {
    throw new CheckpointRefused(
      files.journal,
      `it continues another checkpoint than ${files.checkpoint}, which was changed since`,
      'Put back the checkpoint it belongs to (see the copy with the ending .bak), or move the journal away if its changes may be forgotten',
    )
  }
  const snapshot = createSnapshot(base.resources)
  for (const record of content.records) snapshot.apply(record)
  const pending = [...base.pending, ...snapshot.underWay()]
  return {
    deployment: { resources: snapshot.resources(), pending },
    notes: ['recovered what an interrupted run had done from its journal'],
  }
}

/** Puts new content in place of the checkpoint so that a crash leaves either the old file or the new one. */
function replaceFile(files: ReturnType<typeof stackFiles>, content: string): void {
  const temporary = `${files.checkpoint}.${randomBytes(4).toString('hex')}.tmp`
  const descriptor = openSync(temporary, 'wx')
  try {
    writeFileSync(descriptor, content)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  if (existsSync(files.checkpoint)) copyFileSync(files.checkpoint, files.backup)
  renameSync(temporary, files.checkpoint)
  const folder = openSync(dirname(files.checkpoint), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
