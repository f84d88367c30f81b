import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineSchema, Type, type TypeOf } from '../schemas/index.ts'
import { Failure } from './failure.ts'

/** What `run.json` says about the running centre, for the other commands. */
export const runSchema = defineSchema(
  'run.json',
  Type.Object({
    pid: Type.Integer(),
    /** Told by the console too, so that a left-over file is not mistaken for another run. */
    runId: Type.String(),
    startedAt: Type.String(),
    consoleUrl: Type.String(),
    twilioUrl: Type.String(),
    functionsUrl: Type.String(),
    serviceNowUrl: Type.String(),
    /** Opens the functions' endpoints for the back office; made anew at each start. */
    backOfficeKey: Type.String(),
    /** Configuration that differs from `Pulumi.local.yaml`: the addresses. */
    config: Type.Record(Type.String(), Type.String()),
  }),
)

export type Run = TypeOf<typeof runSchema>

/** No centre runs, and the command needs one. */
export class NotRunning extends Failure {
  override readonly name = 'NotRunning'

  constructor() {
    super('not-running', 'No centre is running here.', 'Start it with: npm start')
  }
}

/** Writes the file whole or not at all, for this user only: it holds a key. */
export async function writeRun(path: string, run: Run): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Removes the file at the end of a run. */
export function removeRun(path: string): Promise<void> {
  return rm(path, { force: true })
}

/** The running centre, or undefined: no file, or one that a killed run left behind. */
export async function findRun(path: string): Promise<Run | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  let run: Run
  try {
    run = runSchema.parse(JSON.parse(text))
  } catch {
    return undefined // half-written or from another version: nobody that we could talk to
  }
  const answer = await fetch(`${run.consoleUrl}/run`, { signal: AbortSignal.timeout(2_000) })
    .then((response) => response.text())
    .catch(() => '')
  return answer === run.runId ? run : undefined
}

/** Whether a run ended without cleaning up; asked when no centre runs. */
export function wasCutOff(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** The running centre; throws `NotRunning` without one. */
export async function requireRun(path: string): Promise<Run> {
  const run = await findRun(path)
  if (!run) throw new NotRunning()
  return run
}
