import { createRequire } from 'node:module'

// Loaded into the program before Pulumi's runner, when Node itself runs its TypeScript. The SDK notes a stack trace for
// every promise it makes, some twenty a resource, and its runner installs `source-map-support`, which formats each of
// them in JavaScript: more than half of a large program's time. Node strips types in place, so positions are right
// without a source map, and the noted traces are shown only when leaking promises are debugged.
const runner = process.argv[1]
if (runner) {
  const require = createRequire(runner)
  leaveOut(require, 'source-map-support/register')
  const { PULUMI_DEBUG_PROMISE_LEAKS, PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT } = process.env
  // Tracing patches gRPC and must be loaded before anything else of the SDK.
  if (!PULUMI_DEBUG_PROMISE_LEAKS && !PULUMI_OTEL_EXPORTER_OTLP_ENDPOINT) withoutTraces(require)
}

function leaveOut(require: NodeJS.Require, name: string): void {
  const file = require.resolve(name)
  const loaded = { id: file, filename: file, loaded: true, exports: {}, children: [], paths: [] }
  require.cache[file] ??= Object.assign(Object.create(null), loaded)
}

function withoutTraces(require: NodeJS.Require): void {
  type Wrap = (promise: Promise<unknown>, context: string) => Promise<unknown>
  const debuggable: { debuggablePromise: Wrap } = require('../../runtime/debuggable')
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
