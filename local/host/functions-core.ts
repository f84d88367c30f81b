import Module from 'node:module'

// The types of `@azure/functions-core`, as far as this host answers it. It is no package: the Functions worker
// answers this name when `@azure/functions` asks for it, and so does this file.

/** A value on its way to or from a function, tagged with its form. */
export type TypedData = {
  readonly http?: HttpData
  readonly string?: string
  readonly json?: string
  readonly bytes?: Uint8Array
}

/** A request or an answer. */
export type HttpData = {
  readonly method?: string
  readonly url?: string
  readonly nullableHeaders?: Readonly<Record<string, { readonly value: string }>>
  readonly nullableParams?: Readonly<Record<string, { readonly value: string }>>
  readonly statusCode?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: TypedData | null
}

/** One trigger or output of a function. */
export type Binding = {
  readonly type: string
  readonly direction?: string
  readonly route?: string
  readonly methods?: readonly string[]
  readonly queueName?: string
  readonly connection?: string
}

/** What the app registered. */
export type Registration = {
  readonly metadata: {
    readonly name: string
    readonly bindings: Readonly<Record<string, Binding>>
  }
  readonly callback: (...inputs: unknown[]) => unknown
}

/** What the library offers for one invocation. */
export type InvocationModel = {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>
  invokeFunction(
    context: unknown,
    inputs: unknown[],
    callback: Registration['callback'],
  ): Promise<unknown>
  getResponse(context: unknown, result: unknown): Promise<{ returnValue?: TypedData | null }>
}

/** What the library offers to a host. */
export type ProgrammingModel = {
  getInvocationModel(context: unknown): InvocationModel
  getCapabilities(capabilities: Record<string, string>): Promise<unknown>
}

/** An app that was loaded: its registrations, and the model that runs them. */
export type LoadedApp = {
  readonly registrations: readonly Registration[]
  readonly model: ProgrammingModel
}

let programmingModel: ProgrammingModel | undefined
let loading: Registration[] | undefined
let lastLoad: Promise<unknown> = Promise.resolve()

const core = {
  version: '4.0.0',
  hostVersion: '4.0.0',
  setProgrammingModel(model: ProgrammingModel) {
    programmingModel = model
  },
  getProgrammingModel: () => programmingModel,
  registerFunction(metadata: Registration['metadata'], callback: Registration['callback']) {
    if (!loading) throw new Error(`Function ${metadata.name} is registered while no app is loaded`)
    loading.push({ metadata, callback })
    return { dispose() {} }
  },
  registerHook(name: string) {
    throw new Error(
      `The local host has no hooks (${name}); add them to local/host when they are needed`,
    )
  },
  log(level: string, category: string, message: string) {
    process.stderr.write(`${JSON.stringify({ level, category, message })}\n`)
  },
}

// The worker does the same: https://github.com/Azure/azure-functions-nodejs-worker, setupCoreModule.
// The library asks once, at its first registration, so this must be loaded before any app is.
const realRequire = Module.prototype.require
Module.prototype.require = new Proxy(realRequire, {
  apply: (target, self, [id, ...rest]) =>
    id === '@azure/functions-core' ? core : Reflect.apply(target, self, [id, ...rest]),
})

/** Runs `load` and hands over what it registers with `@azure/functions`. One app is loaded at a time. */
export async function loadApp(load: () => unknown): Promise<LoadedApp> {
  const mine = lastLoad.then(async () => {
    const registrations: Registration[] = []
    loading = registrations
    try {
      await load()
    } finally {
      loading = undefined
    }
    if (registrations.length === 0 || !programmingModel) {
      throw new Error(
        'The app registered no function: was @azure/functions imported before local/host?',
      )
    }
    await programmingModel.getCapabilities({})
    return { registrations, model: programmingModel }
  })
  lastLoad = mine.catch(() => {})
  return mine
}
