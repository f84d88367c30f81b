import { readFileSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { EngineError } from './errors.ts'
import { createOperation, type OperationOptions } from './operation.ts'
import { deleteAll } from './planning/deletions.ts'
import { type ImportFile, importAll, readImportFile } from './planning/import-file.ts'
import {
  keptAfterUpdate,
  keptWarning,
  type PendingChoice,
  pendingWarning,
  settlePending,
} from './planning/pending.ts'
import { refreshAll } from './planning/refresh.ts'
import { type Run, say } from './planning/run.ts'
import { type ProgramRun, runProgram } from './planning/run-program.ts'
import type { EngineEvent } from './planning/step.ts'
import { openSurvey, type Survey } from './planning/survey.ts'
import { readProject } from './project.ts'
import type { OperationResult } from './result.ts'
import { type ConfigOverrides, readStackConfig } from './stack-config.ts'
import { openDeployment, parseExport } from './state/checkpoint.ts'
import { exportDeployment } from './state/export.ts'
import type { PendingOperation, PendingType } from './state/resource-state.ts'
import { openState, type StateStore } from './state/state-store.ts'
import { maskSecrets, type PropertyMap, unwrapSecrets } from './values/property-value.ts'
import { rootStackType } from './values/urn.ts'

/** How an engine is made. */
export type EngineOptions = {
  /** The folder of Pulumi.yaml. */
  readonly projectDir: string
  readonly stack: string
  /** A folder laid out as Pulumi's file backend: `pulumi login file://<stateDir>` opens the same stacks. */
  readonly stateDir: string
  /** Configuration on top of Pulumi.<stack>.yaml. */
  readonly config?: ConfigOverrides
  /** What the stack's secrets are encrypted with. */
  readonly passphrase: string
  /** The environment of program and providers; default: this process's. */
  readonly env?: NodeJS.ProcessEnv
  readonly onEvent?: (event: EngineEvent) => void
  /** Steps at the same time; default four times the processors. */
  readonly parallel?: number
}

/** What a refresh may be told. */
export type RefreshOptions = PendingChoice & {
  /** Only read and compare; save nothing. */
  readonly previewOnly?: boolean
}

/** A pending operation as a person knows it. */
export type PendingOperationName = { readonly urn: string; readonly type: PendingType }

/** One stack of one project. Operations of one engine run one at a time. */
export interface Engine {
  /** What `up` would do. */
  preview(): Promise<OperationResult>
  up(options?: { readonly refresh?: boolean }): Promise<OperationResult>
  refresh(options?: RefreshOptions): Promise<OperationResult>
  /** Deletes everything; with `previewOnly` tells what that would do. */
  destroy(options?: { readonly previewOnly?: boolean }): Promise<OperationResult>
  /** Does what `pulumi import --file` does with a file or its content; what is imported is protected unless told otherwise. */
  importResources(
    source: string | ImportFile,
    options?: { readonly protect?: boolean },
  ): Promise<OperationResult>
  /** Looks at what there is beside the stack's state, through the default provider of a package. Changes nothing. */
  survey<T>(packageName: string, work: (survey: Survey) => Promise<T>): Promise<T>
  /** The stack's outputs; secrets as `[secret]` unless asked for. */
  outputs(options?: { readonly showSecrets?: boolean }): Promise<PropertyMap>
  /** The state as `pulumi stack export` prints it. */
  exportStack(options?: { readonly showSecrets?: boolean }): Promise<string>
  /** Replaces the state by what a file written by `stack export` holds. */
  importStack(file: string): Promise<readonly string[]>
  /** Ends the running operation: what runs is finished and recorded, nothing new starts. */
  cancel(): void
  pendingOperations(): Promise<readonly PendingOperationName[]>
  /** Forgets pending operations: those of the URNs given, which must be pending, else all. */
  clearPending(urns?: readonly string[]): Promise<void>
}

/** Makes an engine; nothing is read or started before its first operation. */
export function createEngine(options: EngineOptions): Engine {
  let canceling: (() => void) | undefined
  let busy = false

  const exclusive = async <T>(job: () => Promise<T>): Promise<T> => {
    if (busy) throw new EngineError('busy', `another operation on ${options.stack} is running`)
    busy = true
    try {
      return await job()
    } finally {
      busy = false
      canceling = undefined
    }
  }
  const operation = (
    kind: OperationResult['kind'],
    details: Pick<OperationOptions, 'preview' | 'work' | 'program'>,
  ) =>
    exclusive(() =>
      createOperation({
        kind,
        engine: options,
        env: childEnvironment(options),
        parallel: options.parallel ?? defaultParallel(options.env ?? process.env),
        onCancelable: (cancel) => {
          canceling = cancel
        },
        ...details,
      }),
    )
  const withState = async <T>(writable: boolean, job: (store: StateStore) => Promise<T>) => {
    const project = readProject(options.projectDir)
    const { salt } = await readStackConfig(project, options.stack, options.passphrase, {})
    const { stateDir, stack, passphrase } = options
    const store = await openState(
      { stateDir, project: project.name, stack },
      { passphrase, salt, writable },
    )
    try {
      return await job(store)
    } finally {
      store.release()
    }
  }

  return {
    preview: () => operation('preview', { preview: true, program: true, work: runAll }),
    up: ({ refresh = false } = {}) =>
      operation('up', {
        preview: false,
        program: true,
        async work(run) {
          warnOfPending(run.run)
          if (refresh) await refreshBase(run.run, {})
          await runProgram(run)
          return keptAfterUpdate(run.run.store.pending)
        },
      }),
    refresh: (choice = {}) =>
      operation('refresh', {
        preview: choice.previewOnly === true,
        program: false,
        async work({ run }) {
          const kept = await refreshBase(run, choice)
          const warning = keptWarning(kept)
          if (warning) say(run, 'warning', warning)
          return kept
        },
      }),
    destroy: ({ previewOnly = false } = {}) =>
      operation(previewOnly ? 'preview' : 'destroy', {
        preview: previewOnly,
        program: false,
        async work({ run }) {
          warnOfPending(run)
          await deleteAll(run, run.store.snapshot.remaining())
          return keptAfterUpdate(run.store.pending)
        },
      }),
    importResources(source, { protect = true } = {}) {
      const content = typeof source === 'string' ? readImportFile(source) : source
      return operation('import', {
        preview: false,
        program: false,
        async work({ run, providerInputs }) {
          await importAll(run, content, { protect, providerInputs })
          return run.store.pending
        },
      })
    },
    async survey<T>(packageName: string, look: (survey: Survey) => Promise<T>) {
      const seen: T[] = []
      const { diagnostics } = await operation('preview', {
        preview: true,
        program: false,
        async work({ run, providerInputs }) {
          seen.push(await look(await openSurvey(run, packageName, providerInputs)))
          return run.store.pending
        },
      })
      const [result] = seen
      if (result !== undefined) return result
      const lines = diagnostics.map(({ message }) => message)
      throw new EngineError('survey', lines.join('\n'))
    },
    outputs: ({ showSecrets = false } = {}) =>
      withState(false, async ({ snapshot }) => {
        const root = snapshot.resources().find(({ type }) => type === rootStackType)
        const outputs = root?.outputs ?? {}
        return showSecrets ? unwrapSecrets(outputs) : maskSecrets(outputs)
      }),
    exportStack: ({ showSecrets = false } = {}) =>
      withState(false, async (store) => exportDeployment(store, showSecrets)),
    importStack: (file) =>
      exclusive(() =>
        withState(true, async (store) => {
          const { stack } = options
          const project = readProject(options.projectDir).name
          const json = parseExport(file, readExport(file), { stack, project })
          const { resources, pending } = openDeployment(file, json, await store.codecFor(json))
          store.replace({ resources, pending: [] })
          await store.commit([], 'import')
          return pending.map(
            ({ resource, type }) => `removed the pending operation "${type}" on ${resource.urn}`,
          )
        }),
      ),
    cancel: () => canceling?.(),
    pendingOperations: () => withState(false, async ({ pending }) => pending.map(nameOfPending)),
    clearPending: (urns) =>
      exclusive(() =>
        withState(true, async (store) => {
          const unknown = urns?.find((urn) => store.pending.every((it) => it.resource.urn !== urn))
          if (unknown !== undefined) {
            throw new EngineError('pending', `no operation on ${unknown} is pending`)
          }
          const kept = store.pending.filter(({ resource }) => urns && !urns.includes(resource.urn))
          await store.commit(kept, 'clear-pending')
        }),
      ),
  }
}

function readExport(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new EngineError('import', `${file} cannot be read: ${reason}`, { cause })
  }
}

async function runAll(run: ProgramRun): Promise<readonly PendingOperation[]> {
  await runProgram(run)
  return run.run.store.pending
}

async function refreshBase(run: Run, choice: PendingChoice): Promise<readonly PendingOperation[]> {
  const { store } = run
  const { adopted, kept } = settlePending(store.pending, store.snapshot.resources(), choice)
  if (adopted.length > 0) {
    store.replace({ resources: [...store.snapshot.resources(), ...adopted], pending: kept })
  }
  store.replace({ resources: await refreshAll(run), pending: kept })
  return kept
}

function warnOfPending(run: Run): void {
  const warning = pendingWarning(run.store.pending)
  if (warning) say(run, 'warning', warning)
}

function nameOfPending({ resource, type }: PendingOperation): PendingOperationName {
  return { urn: resource.urn, type }
}

// Program and providers load quicker from the compile cache, where this process has one. What a provider notes of its creations
// belongs to the state: kept with it, and discarded with it.
function childEnvironment({ env = process.env, stateDir }: EngineOptions): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir()
  return {
    TWILIO_CREATIONS_DIR: resolve(stateDir, 'creations'),
    ...(cache ? { NODE_COMPILE_CACHE: dirname(cache) } : {}),
    ...env,
  }
}

function defaultParallel(env: NodeJS.ProcessEnv): number {
  return Number(env['PULUMI_PARALLEL']) || 4 * availableParallelism()
}
