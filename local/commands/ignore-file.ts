import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { projectDir } from '../paths.ts'

/** The ignore list that is read unless another is named. */
export const ignoreFile = 'inventory.ignore'

/** Text and name of the ignore list; the usual one need not be there. */
export async function readIgnoreFile(named: string | undefined): Promise<[string, string]> {
  try {
    return [await readFile(named ?? join(projectDir, ignoreFile), 'utf8'), named ?? ignoreFile]
  } catch (cause) {
    const absent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    if (absent && named === undefined) return ['', ignoreFile]
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure('no-ignore-list', `${named} can’t be read: ${reason}`, undefined, cause)
  }
}
