import type { Monitor, ProgramHost } from '../program/monitor.ts'
import { failedAndLogged, type ProgramProcess } from '../program/program-process.ts'
import { equalValues, type PropertyMap } from '../values/property-value.ts'
import { rootStackType } from '../values/urn.ts'
import { deleteLeftovers } from './deletions.ts'
import { StepFailed } from './execute-step.ts'
import { createPlanner } from './planner.ts'
import { invokeFunction, readResource } from './read-resource.ts'
import { registerResource } from './register-resource.ts'
import { failRun, never, type Run, say } from './run.ts'

/** What a program run is handed besides the run. */
export type ProgramRun = {
  readonly run: Run
  readonly host: Pick<ProgramHost, 'parallel' | 'programDir' | 'config' | 'secretKeys'>
  readonly providerInputs: (packageName: string) => PropertyMap
  readonly monitor: Monitor
  readonly program: ProgramProcess
}

// How long a program may take to notice that its monitor is gone before it is ended.
const graceMs = 3_000

/** Answers a program's registrations until it ends, then deletes what it no longer declares. */
export async function runProgram(options: ProgramRun): Promise<void> {
  const { run, program, monitor } = options
  const planner = createPlanner(run, options.providerInputs, registerResource)
  const stackOutputs = new Map<string, PropertyMap>()
  let finishing: Promise<void> | undefined

  const finish = () => {
    finishing ??= end()
    return finishing
  }
  const end = async () => {
    if (run.halt.reason) return
    await deleteLeftovers(run, (urn) => planner.goals.has(urn))
    for (const [urn, outputs] of stackOutputs) recordOutputs(run, urn, outputs, run.verdict.failed)
    stackOutputs.clear()
  }
  // A failure is told once; after it a registration gets no answer, and the program ends with the monitor.
  const guarded = async <T>(urn: string, job: () => Promise<T>): Promise<T> => {
    if (run.halt.reason) return never
    try {
      return await job()
    } catch (error) {
      if (!(error instanceof StepFailed && run.halt.reason))
        failRun(run, error, urnOf(error) ?? urn)
      return never
    }
  }
  monitor.serve({
    ...options.host,
    project: run.project,
    stack: run.stack,
    preview: run.preview,
    register: (goal) => guarded('', () => planner.register(goal)),
    read: (goal) => guarded('', () => readResource(planner, goal)),
    invoke: (goal) => invokeFunction(planner, goal),
    registerOutputs(urn, outputs) {
      // The stack's outputs come in before all registrations are answered; they count when everything is done.
      if (planner.goals.get(urn)?.type === rootStackType) stackOutputs.set(urn, outputs)
      else recordOutputs(run, urn, outputs, false)
    },
    finish,
  })

  const code = await Promise.race([program.exited, run.halt.happened.then(() => 'halted' as const)])
  if (code === 0) await finish()
  else if (code !== 'halted') {
    run.verdict.failed = true
    if (code !== failedAndLogged) {
      say(run, 'error', `Program exited with non-zero exit code: ${code}`)
    }
    run.stop('failed')
  }
  await Promise.allSettled([...run.underWay])
  await finishing
  // What an interrupted run could not finish to say is laid over what was known.
  for (const [urn, outputs] of stackOutputs) recordOutputs(run, urn, outputs, true)
  // Who canceled waits for us, and a canceled program has nothing left to say.
  const patienceMs = run.halt.reason === 'canceled' ? 0 : graceMs
  // A program that waits for the end has its answer and leaves by itself; one whose registration stays open goes with the monitor.
  if (finishing) await program.stop(patienceMs)
  monitor.stop()
  await program.stop(patienceMs)
}

function recordOutputs(run: Run, urn: string, outputs: PropertyMap, merge: boolean): void {
  const entry = run.store.snapshot.current(urn)
  if (!entry) return
  const known = entry.state.outputs
  const next = merge ? { ...known, ...outputs } : outputs
  const step = run.steps.findIndex((done) => done.urn === urn && done.new)
  const result = run.steps[step]
  if (result?.new) run.steps[step] = { ...result, new: { ...result.new, outputs: next } }
  if (known && equalValues(known, next)) return
  run.store.record({ kind: 'outputs', handle: entry.handle, outputs: keepOld(next, known) })
}

function keepOld(next: PropertyMap, known: PropertyMap = {}): PropertyMap {
  return Object.fromEntries(
    Object.entries(next).map(([key, value]) => {
      const old = known[key]
      return [key, old !== undefined && equalValues(old, value) ? old : value]
    }),
  )
}

function urnOf(error: unknown): string | undefined {
  return error instanceof Error && 'urn' in error ? String(error.urn) : undefined
}
