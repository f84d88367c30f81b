import type { EngineOptions } from './engine.ts'
import { EngineError } from './errors.ts'
import { createLimit } from './planning/limit.ts'
import { failRun, type Run, say } from './planning/run.ts'
import type { ProgramRun } from './planning/run-program.ts'
import { type Monitor, startMonitor } from './program/monitor.ts'
import { type ProgramProcess, startProgram } from './program/program-process.ts'
import { type Project, readProject } from './project.ts'
import { openPlugin } from './provider/plugin.ts'
import { createProviderRegistry, type ProviderRegistry } from './provider/provider-registry.ts'
import { type OperationResult, summarise } from './result.ts'
import {
  programConfig,
  providerEnvironment,
  providerInputs,
  readStackConfig,
  type StackConfig,
} from './stack-config.ts'
import type { PendingOperation } from './state/resource-state.ts'
import { openState, type StateStore } from './state/state-store.ts'
import { rootStackType } from './values/urn.ts'

/** One operation: what it needs, and what it does. */
export type OperationOptions = {
  readonly kind: OperationResult['kind']
  readonly engine: Omit<EngineOptions, 'env' | 'parallel'>
  readonly env: NodeJS.ProcessEnv
  readonly parallel: number
  /** Nothing is called that changes the world, nothing is saved. */
  readonly preview: boolean
  /** Whether the program runs. */
  readonly program: boolean
  /** Does the work; gives the operations that stay pending. */
  readonly work: (run: ProgramRun) => Promise<readonly PendingOperation[]>
  /** Receives the way to cancel, as soon as there is something to cancel. */
  readonly onCancelable: (cancel: () => void) => void
}

/** Runs one operation from reading the project to saving the state. */
export async function createOperation(options: OperationOptions): Promise<OperationResult> {
  const startedAt = performance.now()
  const { engine, preview } = options
  const project = readProject(engine.projectDir)
  const { stack, passphrase, stateDir } = engine
  const config = await readStackConfig(project, stack, passphrase, engine.config ?? {})
  const monitor = await startMonitor()
  const state = Promise.withResolvers<StateStore>()
  state.promise.catch(() => {})
  const registry = openRegistry(options, project, config, monitor, state.promise)
  let program: ProgramProcess | undefined
  let store: StateStore | undefined
  try {
    // The program and the providers load while the state is read and its key derived.
    if (options.program) {
      program = launch(options, project, config, monitor)
      for (const name of project.providerFolders.keys()) registry.prestart(name)
    }
    const location = { stateDir, project: project.name, stack }
    store = await openState(location, { passphrase, salt: config.salt, writable: !preview })
    state.resolve(store)
    const run = createRun(options, project, store, registry)
    monitor.hear((severity, message, urn) => say(run, severity, message, urn))
    for (const note of store.notes) say(run, 'info', note)
    const pending = await work(options, { run, monitor, program, project, config })
    await registry.close()
    if (!preview) await store.commit(pending, options.kind)
    return toResult(options, run, config, startedAt)
  } finally {
    monitor.stop()
    await program?.stop(0)
    await registry.close()
    store?.release()
  }
}

async function work(
  options: OperationOptions,
  parts: {
    readonly run: Run
    readonly monitor: Monitor
    readonly program: ProgramProcess | undefined
    readonly project: Project
    readonly config: StackConfig
  },
): Promise<readonly PendingOperation[]> {
  const { run, monitor, project, config } = parts
  const { config: values, secretKeys } = programConfig(config)
  const notStarted: ProgramProcess = {
    pid: undefined,
    exited: Promise.resolve(0),
    stop: async () => {},
  }
  const { parallel } = options
  const { programDir } = project
  try {
    return await options.work({
      run,
      monitor,
      program: parts.program ?? notStarted,
      host: { parallel, programDir, config: values, secretKeys },
      providerInputs: (name) => providerInputs(config, name),
    })
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    failRun(run, error)
    return run.store.pending
  } finally {
    // Whatever happened, no call may be left that still changes the state.
    await Promise.allSettled([...run.underWay])
  }
}

function openRegistry(
  { env }: OperationOptions,
  project: Project,
  config: StackConfig,
  monitor: Monitor,
  state: Promise<StateStore>,
): ProviderRegistry {
  const runtime = Object.entries(project.runtimeOptions).map(([option, value]) => [
    `PULUMI_RUNTIME_${option.toUpperCase()}`,
    String(value),
  ])
  return createProviderRegistry({
    programDir: project.programDir,
    open: (name) =>
      openPlugin({
        package: name,
        folders: project.providerFolders,
        programDir: project.programDir,
        engineAddress: monitor.address,
        env: {
          ...env,
          ...Object.fromEntries(runtime),
          PULUMI_PROJECT: project.name,
          PULUMI_CONFIG: providerEnvironment(config, name),
        },
        // Providers log through the engine's Log; what they print besides is for whoever debugs one.
        onLine: (line) => {
          if (env['PULUMI_DEBUG_PROVIDER_OUTPUT']) process.stderr.write(`${name}: ${line}\n`)
        },
      }),
    find: async (urn, id) =>
      (await state).snapshot
        .resources()
        .find((resource) => resource.urn === urn && (resource.id ?? '') === id),
  })
}

function launch(
  { engine, env, parallel, preview }: OperationOptions,
  project: Project,
  config: StackConfig,
  monitor: Monitor,
): ProgramProcess {
  const { config: values, secretKeys } = programConfig(config)
  return startProgram({
    project,
    stack: engine.stack,
    monitorAddress: monitor.address,
    preview,
    parallel,
    config: values,
    secretKeys,
    env,
    onLine: (line, stream) => engine.onEvent?.({ kind: 'output', line, stream }),
  })
}

function createRun(
  { engine, parallel, preview, onCancelable }: OperationOptions,
  project: Project,
  store: StateStore,
  registry: ProviderRegistry,
): Run {
  const happened = Promise.withResolvers<void>()
  const halt: Run['halt'] = { reason: undefined, happened: happened.promise }
  const run: Run = {
    preview,
    project: project.name,
    stack: engine.stack,
    store,
    registry,
    limit: createLimit(parallel),
    steps: [],
    diagnostics: [],
    emit: (event) => engine.onEvent?.(event),
    halt,
    stop(reason) {
      if (halt.reason) return
      halt.reason = reason
      happened.resolve()
    },
    verdict: { failed: false },
    underWay: new Set(),
  }
  onCancelable(() => {
    if (halt.reason) return
    run.verdict.failed = true
    say(run, 'error', 'update canceled')
    run.stop('canceled')
    void registry.cancel()
  })
  return run
}

function toResult(
  { kind, engine }: OperationOptions,
  run: Run,
  config: StackConfig,
  startedAt: number,
): OperationResult {
  const root = run.store.snapshot.resources().find(({ type }) => type === rootStackType)
  return {
    kind,
    stack: engine.stack,
    project: run.project,
    ok: !run.verdict.failed,
    canceled: run.halt.reason === 'canceled',
    steps: run.steps,
    diagnostics: run.diagnostics,
    summary: summarise(run.steps),
    outputs: root?.outputs ?? {},
    config: shownConfig(config),
    durationMs: performance.now() - startedAt,
  }
}

function shownConfig({ values }: StackConfig): Record<string, string> {
  return Object.fromEntries(
    [...values].map(([key, { value, secret }]) => [key, secret ? '[secret]' : value]),
  )
}
