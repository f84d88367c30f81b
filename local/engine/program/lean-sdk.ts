import { createRequire } from 'node:module'

// Loaded into the program before Pulumi's runner. The SDK spends most of a program's time on what nobody reads here:
// this takes that out of it, and the program itself runs as it does under the Pulumi CLI.
type Wrap = (promise: Promise<unknown>, context: string) => Promise<unknown>
type Tracer = { startSpan(name: string): unknown }

const runner = process.argv[1]
const { PULUMI_DEBUG_PROMISE_LEAKS, PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT, PULUMI_NODEJS_TYPESCRIPT } =
  process.env
// Tracing patches gRPC and must be loaded before anything of the SDK.
if (runner && !PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT) {
  try {
    leanSdk(createRequire(runner))
  } catch {
    // Another version of the SDK may be laid out differently: it runs as it is.
  }
}

function leanSdk(require: NodeJS.Require): void {
  const inClosures = createRequire(require.resolve('../../runtime/closure/codePaths'))
  // A third of the SDK's loading time: the Automation API and npm's own resolver, the one for tools that drive Pulumi,
  // the other for functions that are turned into text.
  loadWhenUsed(require, '../../automation')
  loadWhenUsed(inClosures, '@npmcli/arborist')
  // The runner's own spans, which nobody asked for: without `--tracing` they go nowhere.
  const { trace }: { trace: { getTracer(name: string): Tracer } } = require('@opentelemetry/api')
  provide(require, './tracing', { newSpan: (name: string) => trace.getTracer('').startSpan(name) })
  // It formats every stack trace in JavaScript. Node strips types in place, so positions are right without it.
  if (PULUMI_NODEJS_TYPESCRIPT === 'false') provide(require, 'source-map-support/register', {})

  // Three messages a resource, each a call of its own, one after the other; the engine shows none of them.
  const log: { debug: () => Promise<void> } = require('../../log')
  log.debug = () => Promise.resolve()
  // Where a resource was declared, from a whole formatted stack: the engine does not keep it.
  const { Resource }: { Resource: { stackTrace: () => unknown[] } } = require('../../resource')
  Resource.stackTrace = () => []
  // Some twenty noted stacks a resource, shown only when leaking promises are debugged.
  if (!PULUMI_DEBUG_PROMISE_LEAKS) leaveOutTraces(require('../../runtime/debuggable'))
}

/** Stands in for a module until something reads from it. */
function loadWhenUsed(require: NodeJS.Require, name: string): void {
  let loaded: object | undefined
  const load = () => {
    delete require.cache[require.resolve(name)]
    return require(name)
  }
  const get = (_: object, key: PropertyKey) => {
    // Asked at the import already, by code compiled from ES modules.
    if (key === '__esModule') return true
    loaded ??= load() as object
    return Reflect.get(loaded, key)
  }
  provide(require, name, new Proxy({}, { get }))
}

function provide(require: NodeJS.Require, name: string, exports: object): void {
  const file = require.resolve(name)
  const module = { id: file, filename: file, loaded: true, exports, children: [], paths: [] }
  require.cache[file] ??= Object.assign(Object.create(null), module)
}

function leaveOutTraces(debuggable: { debuggablePromise: Wrap }): void {
  const { debuggablePromise } = debuggable
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    try {
      return debuggablePromise(promise, context)
    } finally {
      Error.stackTraceLimit = limit
    }
  }
}
