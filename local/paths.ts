import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, without a slash at its end. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

// SWITCHBOARD_STATE_DIR puts the state elsewhere: for a second centre beside the first, and for tests.
const stateRoot = resolve(projectDir, process.env['SWITCHBOARD_STATE_DIR'] ?? '.switchboard')

/** The folder of a stack's state. */
export function stateDirOf(stack: string): string {
  return join(stateRoot, stack)
}

/** Everything that the stack `local` keeps; discarded as a whole by `npm start -- --fresh`. */
export const localStateDir = stateDirOf('local')

/** Where the running centre says where it is. */
export const runFile = join(localStateDir, 'run.json')
