import { appendFile, constants, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { defineSchema, InvalidInput, Type } from '../../schemas/index.ts'
import type { Environment } from '../protocol/configuration.ts'
import type { Tell } from '../protocol/engine-log.ts'
import type { Credentials } from '../requests/client.ts'
import { digestOf } from './digest.ts'

const entryJson = Type.Object({
  version: Type.Literal(1),
  urn: Type.String(),
  path: Type.String(),
  since: Type.String(),
  declared: Type.Record(Type.String(), Type.String()),
  process: Type.Object({ host: Type.String(), pid: Type.Integer() }),
})
const entrySchema = defineSchema('entry of a creation', entryJson)

/** One creation that an engine may know nothing of. */
export type CreationEntry = {
  readonly urn: string
  /** Path of the collection. */
  readonly path: string
  /** Twilio's time before the first request, as ISO text. */
  readonly since: string
  /** What was asked for: a digest of each property's canonical value. No values, they may be private. */
  readonly declared: Readonly<Record<string, string>>
  /** Who asked. It may outlive its engine by seconds. */
  readonly process: { readonly host: string; readonly pid: number }
}

/** An entry, with the object's id if the answer came. */
export type OpenCreation = CreationEntry & { readonly id?: string }

/**
 * Creations under way, on the disk: what a killed process leaves there leads the next one to its objects. An entry stays until
 * the engine is seen to know the object.
 */
export interface CreationJournal {
  /** What was begun for this resource in this collection, and is not settled. */
  open(urn: string, path: string): Promise<OpenCreation | undefined>
  /** Whether an open creation of another resource made this object. */
  isOthers(id: string, urn: string): boolean
  /** Holds once the entry would survive a power cut; without an entry where nothing can be written. */
  begin(entry: Omit<CreationEntry, 'process'>): Promise<void>
  /** The answer came. */
  made(urn: string, path: string, id: string): Promise<void>
  /** It certainly came to nothing. */
  drop(urn: string, path: string): Promise<void>
  /** The engine has this object in its state. */
  settle(id: string): void
}

const mostAgeMs = 30 * 24 * 60 * 60 * 1000

/** Keeps nothing: for tests, and where there is no folder. */
export const noJournal: CreationJournal = {
  open: async () => undefined,
  isOthers: () => false,
  begin: async () => {},
  made: async () => {},
  drop: async () => {},
  settle: () => {},
}

/**
 * A journal in this folder: a file for each creation, first line the entry, second line the object's id. A file without a line break was
 * cut short before anything was asked of Twilio. A file that can't be read is a warning.
 */
export function createJournal(folder: string, tell: Tell): CreationJournal {
  const left = new Map<string, OpenCreation>()
  const fileOf = new Map<string, string>()
  const settled = new Set<string>()
  let writable: Promise<boolean> | undefined
  let begun: Promise<unknown> = Promise.resolve()
  let loading: Promise<void> | undefined
  let loaded = false

  async function load(): Promise<void> {
    const names = await readdir(folder).catch(() => [])
    await Promise.all(names.map(loadFile))
    loaded = true
    for (const id of settled) forget(id)
  }

  async function loadFile(name: string): Promise<void> {
    if (!name.endsWith('.json')) return
    const file = join(folder, name)
    try {
      const entry = readEntry(await readFile(file, 'utf8'))
      if (!entry || Date.now() - Date.parse(entry.since) > mostAgeMs) return await remove(file)
      left.set(name, entry)
      if (entry.id !== undefined) fileOf.set(entry.id, name)
    } catch (error) {
      if (error instanceof SyntaxError || error instanceof InvalidInput) {
        await rename(file, `${file}.damaged`).catch(() => {})
        const message = `A note of an interrupted creation can't be read and was renamed to ${file}.damaged: if a deployment was killed, look in the account for an object that the stack does not have`
        void tell(message, { severity: 'warning' })
      } else if (!(error instanceof Error && 'code' in error)) throw error
      // Somebody else removed it, or it may not be read: the same as none.
    }
  }

  function forget(id: string): void {
    const name = fileOf.get(id)
    if (name === undefined) return
    fileOf.delete(id)
    left.delete(name)
    void remove(join(folder, name))
  }

  const ready = () => {
    loading ??= load()
    return loading
  }

  return {
    async open(urn, path) {
      await ready()
      return left.get(nameOf(urn, path))
    },
    isOthers(id, urn) {
      const entry = left.get(fileOf.get(id) ?? '')
      return entry !== undefined && entry.urn !== urn
    },
    async begin(asked) {
      await ready()
      const name = nameOf(asked.urn, asked.path)
      const entry = { ...asked, process: { host: hostname(), pid: process.pid } }
      const replaced = left.get(name)?.id
      if (replaced !== undefined) fileOf.delete(replaced)
      left.set(name, entry)
      writable ??= makeFolder(folder)
      const text = `${JSON.stringify({ version: 1, ...entry })}\n`
      const done = writable.then((can) => (can ? write(join(folder, name), text) : undefined))
      // Nobody overtakes: objects are made in the order in which they were asked for.
      begun = Promise.all([begun, done])
      await begun
    },
    async made(urn, path, id) {
      const name = nameOf(urn, path)
      const entry = left.get(name)
      if (!entry || entry.id === id) return
      left.set(name, { ...entry, id })
      fileOf.set(id, name)
      // Without making the file anew: a second line alone would say nothing.
      const flag = constants.O_WRONLY | constants.O_APPEND
      await appendFile(join(folder, name), `${JSON.stringify({ id })}\n`, { flag }).catch(() => {})
    },
    async drop(urn, path) {
      const name = nameOf(urn, path)
      if (left.delete(name)) await remove(join(folder, name))
    },
    settle(id) {
      if (loaded) return forget(id)
      settled.add(id)
      void ready()
    },
  }
}

/** The folder of an account's journal; undefined where none is wanted. `TWILIO_CREATIONS_DIR` names another, empty none. */
export function journalFolder(
  environment: Environment,
  { accountSid, place, baseUrl }: Credentials,
): string | undefined {
  const own = place ? `${accountSid}.${place.region}` : accountSid
  const named = environment['TWILIO_CREATIONS_DIR']
  if (named !== undefined) return named === '' ? undefined : join(named, own)
  const home = environment['HOME'] ?? environment['USERPROFILE']
  const pulumiHome = environment['PULUMI_HOME'] ?? (home && join(home, '.pulumi'))
  // What stands in for Twilio may be another one each time, with other objects.
  return pulumiHome && baseUrl === undefined ? join(pulumiHome, 'twilio-creations', own) : undefined
}

// The same resource in the same place has the same file, whoever writes it.
function nameOf(urn: string, path: string): string {
  return `${digestOf([urn, path])}.json`
}

function readEntry(content: string): OpenCreation | undefined {
  const lines = content.split('\n')
  // A complete file ends in a line break; what comes after the last one was cut short.
  lines.pop()
  const [first, second] = lines
  if (first === undefined) return undefined
  const { version: _, ...entry } = entrySchema.parse(JSON.parse(first))
  return second === undefined ? entry : { ...entry, id: idSchema.parse(JSON.parse(second)).id }
}

const idSchema = defineSchema('answer to a creation', Type.Object({ id: Type.String() }))

async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return true
  } catch {
    // A home that can't be written, as in some pipelines: an interrupted creation is then only refused, not taken over.
    return false
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  } catch {
    // As without a folder; a full disk must not keep Twilio's objects from being made.
  }
}

async function remove(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => {})
}
