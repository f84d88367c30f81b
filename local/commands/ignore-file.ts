import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDir } from '../paths.ts'

/** The ignore list that is read unless another is named. */
export const ignoreFile = 'inventory.ignore'

/** Text and name of the ignore list; the usual one need not be there. */
export async function readIgnoreFile(named: string | undefined): Promise<[string, string]> {
  if (named !== undefined) return [await readFile(named, 'utf8'), named]
  try {
    return [await readFile(join(projectDir, ignoreFile), 'utf8'), ignoreFile]
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (absent) return ['', ignoreFile]
    throw error
  }
}
