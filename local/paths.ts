import { fileURLToPath } from 'node:url'

/** The project's folder, without a slash at its end. */
export const projectDir = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** Everything that the stack `local` keeps; discarded as a whole by `npm start -- --fresh`. */
export const localStateDir = `${projectDir}/.switchboard/local`

/** Where the running centre says where it is. */
export const runFile = `${localStateDir}/run.json`

/** The folder of a stack's state. */
export function stateDirOf(stack: string): string {
  return `${projectDir}/.switchboard/${stack}`
}
