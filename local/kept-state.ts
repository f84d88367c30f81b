import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from './failure.ts'

/** The state of a part of the centre, kept on disk, so that it comes back together with the checkpoint. */
export interface KeptState {
  /** Something was written; it is saved within a moment. */
  touch(): void
  /** Saves now, and resolves once it is on disk; also for the last time. */
  save(): Promise<void>
}

// Short, so that a killed centre comes back with what its checkpoint records; one write bundles many requests.
const BUNDLE_MS = 50
// Saving a large state keeps everything else waiting: of a minute it gets about two seconds.
const REST_PER_SAVE = 29

/** What was saved, or undefined on the first run. */
export async function readKeptState(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure(
      'state-damaged',
      `${path} is not what was saved there, and is left untouched.`,
      'Start from nothing with: npm start -- --fresh',
      cause,
    )
  }
}

/** Starts keeping in a file what `snapshot` returns. */
export function keepState(snapshot: () => unknown, path: string): KeptState {
  let soon: NodeJS.Timeout | undefined
  let last = Promise.resolve()
  let restMs = 0

  function save(): Promise<void> {
    clearTimeout(soon)
    soon = undefined
    last = last.then(async () => {
      await mkdir(dirname(path), { recursive: true })
      const startedAt = performance.now()
      const text = JSON.stringify(snapshot())
      restMs = (performance.now() - startedAt) * REST_PER_SAVE
      await writeFile(`${path}.new`, text)
      await rename(`${path}.new`, path)
    })
    return last
  }

  return {
    touch() {
      soon ??= setTimeout(() => void save(), Math.max(BUNDLE_MS, restMs))
    },
    save,
  }
}
