import { setMaxListeners } from 'node:events'
import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type * as pluginTypes from '@pulumi/pulumi/proto/plugin_pb.js'
import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import type * as emptyTypes from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Environment } from './configuration.ts'
import type { Tell } from './engine-log.ts'
import { messages, refusal, status, streaming, unary } from './rpc.ts'
import { version } from './version.ts'

const require = createRequire(import.meta.url)
const { PluginInfo } = require('@pulumi/pulumi/proto/plugin_pb.js') as typeof pluginTypes
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js') as typeof emptyTypes

/**
 * Pulumi's `ResourceProvider` service (`provider.proto`). Calls that this provider does not have are refused by name. What the
 * first calls do not need is loaded while the engine reads their answers.
 */
export function createService(environment: Environment): grpcTypes.UntypedServiceImplementation {
  const canceled = new AbortController()
  // Each request that waits for its next try listens.
  setMaxListeners(0, canceled.signal)
  let engine = ''
  const tell: Tell = async (message, line) => {
    const { logToEngine } = await import('./engine-log.ts')
    await logToEngine(engine, message, line)
  }
  const loading = lazily(async () => {
    const { createSession } = await import('./session.ts')
    return createSession(environment, canceled.signal, tell)
  })

  return {
    handshake: unary((request: messageTypes.ProviderHandshakeRequest) => {
      engine = request.getEngineAddress()
      setImmediate(loading)
      return new messages.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptOutputs(true)
    }),
    attach: unary(() => new Empty()),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getSchema: unary(async () => {
      const { packageSchema } = await import('../description/schema.ts')
      return new messages.GetSchemaResponse().setSchema(JSON.stringify(packageSchema()))
    }),
    checkConfig: unary(async (request: messageTypes.CheckRequest) =>
      (await loading()).checkConfig(request),
    ),
    diffConfig: unary(async (request: messageTypes.DiffRequest) =>
      (await loading()).diffConfig(request),
    ),
    configure: unary(async (request: messageTypes.ConfigureRequest) =>
      (await loading()).configure(request),
    ),
    check: unary(async (request: messageTypes.CheckRequest) => (await loading()).check(request)),
    diff: unary(async (request: messageTypes.DiffRequest) => (await loading()).diff(request)),
    create: unary(async (request: messageTypes.CreateRequest) => (await loading()).create(request)),
    read: unary(async (request: messageTypes.ReadRequest) => (await loading()).read(request)),
    update: unary(async (request: messageTypes.UpdateRequest) => (await loading()).update(request)),
    delete: unary(async (request: messageTypes.DeleteRequest) => {
      await (await loading()).remove(request)
      return new Empty()
    }),
    cancel: unary(() => {
      canceled.abort()
      return new Empty()
    }),
    getMapping: unary(() => new messages.GetMappingResponse()),
    getMappings: unary(() => new messages.GetMappingsResponse()),
    parameterize: unary(() => absent('Parameterize')),
    invoke: unary(async (request: messageTypes.InvokeRequest) => (await loading()).invoke(request)),
    call: unary((request: messageTypes.CallRequest) => absent(`Call of ${request.getTok()}`)),
    construct: unary((request: messageTypes.ConstructRequest) =>
      absent(`Construct of ${request.getType()}`),
    ),
    list: streaming(
      async (
        request: messageTypes.ListRequest,
        write: (answer: messageTypes.ListResponse) => void,
      ) => (await loading()).list(request, write),
    ),
  }
}

function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => {
    loaded ??= load()
    return loaded
  }
}

function absent(name: string): never {
  throw refusal(status.unimplemented, `The Twilio provider has no ${name}`)
}
