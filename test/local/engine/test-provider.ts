import { Metadata, Server, ServerCredentials, type ServiceError, status } from '@grpc/grpc-js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import statusProto from '@pulumi/pulumi/proto/status_pb.js'
import anyProto from 'google-protobuf/google/protobuf/any_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'

/** Properties as the provider sees them. */
export type Properties = { [name: string]: unknown }

/** One call that the engine made. */
export type Call = {
  readonly method: string
  readonly name: string
  readonly olds: Properties
  readonly oldInputs: Properties
  readonly news: Properties
  readonly preview: boolean
  readonly timeout: number
}

/**
 * A provider with a world in memory, for `test:index:*`. Inputs steer it: one whose name starts with `force` replaces
 * when it changes, `fail: 'create'` refuses, `half: 'create'` leaves the object half-made, `bad` is refused by Check,
 * `dbr: true` wants its old object deleted first, `token` comes back as it is.
 */
export interface TestProvider {
  readonly port: number
  readonly world: Map<string, Properties>
  readonly calls: Call[]
  /** The configurations it was given, plain. */
  readonly configurations: Properties[]
  /** Called before each create, update and delete that changes the world. */
  onChange: (call: Call) => Promise<void> | void
  /** Names of the resources whose calls `method` saw, in order. */
  named(method: string): string[]
  close(): void
}

const secretKey = '4dabf18193072939515e22adb298388d'
const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Starts the provider on a free port of this process. */
export async function startTestProvider(
  world = new Map<string, Properties>(),
): Promise<TestProvider> {
  const server = new Server()
  let lastId = 0
  const provider: TestProvider = {
    port: 0,
    world,
    calls: [],
    configurations: [],
    onChange: () => {},
    named: (method) =>
      provider.calls.filter((call) => call.method === method).map(({ name }) => name),
    close: () => server.forceShutdown(),
  }
  const record = (method: string, request: Request): Call => {
    const call = {
      method,
      name: request.getName(),
      olds: read(request.getOlds?.()),
      oldInputs: read(request.getOldInputs?.()),
      news: read(request.getNews?.() ?? request.getProperties?.()),
      preview: request.getPreview?.() ?? false,
      timeout: request.getTimeout?.() ?? 0,
    }
    provider.calls.push(call)
    return call
  }
  const change = async (call: Call) => {
    const kind = call.method
    const wish = kind === 'delete' ? call.oldInputs : call.news
    if (wish['fail'] === kind) throw rpcError(`the world refuses to ${kind} ${call.name}`)
    if (!call.preview) await provider.onChange(call)
  }

  server.addService(providerGrpc.ResourceProviderService, {
    handshake: unary(async () =>
      new providerProto.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true),
    ),
    attach: unary(async () => new emptyProto.Empty()),
    getPluginInfo: unary(async () => new pluginProto.PluginInfo().setVersion('1.0.0')),
    checkConfig: unary(async (request: Request) =>
      new providerProto.CheckResponse().setInputs(request.getNews?.()),
    ),
    diffConfig: unary(async (request: Request) => {
      const { oldInputs, news } = record('diffConfig', request)
      const replaces = oldInputs['account'] !== news['account']
      return new providerProto.DiffResponse()
        .setChanges(JSON.stringify(oldInputs) === JSON.stringify(news) ? 1 : 2)
        .setReplacesList(replaces ? ['account'] : [])
    }),
    configure: unary(async (request: Request) => {
      provider.configurations.push(read(request.getArgs?.()))
      return new providerProto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true)
    }),
    check: unary(async (request: Request) => {
      const { news } = record('check', request)
      const response = new providerProto.CheckResponse().setInputs(request.getNews?.())
      if ('bad' in news) {
        response.addFailures(
          new providerProto.CheckFailure().setProperty('bad').setReason('nobody wants this'),
        )
      }
      return response
    }),
    diff: unary(async (request: Request) => {
      const { oldInputs, news } = record('diff', request)
      return diff(oldInputs, news)
    }),
    create: unary(async (request: Request) => {
      const call = record('create', request)
      await change(call)
      const preview = call.preview
      const id = preview ? '' : `id-${call.name}-${++lastId}`
      const outputs = { ...raw(request.getProperties?.()), sid: preview ? unknown : id }
      if (!preview) world.set(id, outputs)
      if (!preview && call.news['half'] === 'create') throw halfMade(id, outputs)
      return new providerProto.CreateResponse().setId(id).setProperties(write(outputs))
    }),
    update: unary(async (request: Request) => {
      const call = record('update', request)
      await change(call)
      const id = request.getId()
      const outputs = { ...raw(request.getNews?.()), sid: id }
      if (!call.preview) world.set(id, outputs)
      return new providerProto.UpdateResponse().setProperties(write(outputs))
    }),
    delete: unary(async (request: Request) => {
      await change(record('delete', request))
      world.delete(request.getId())
      return new emptyProto.Empty()
    }),
    read: unary(async (request: Request) => {
      record('read', request)
      const found = world.get(request.getId())
      if (!found) return new providerProto.ReadResponse()
      const { sid: _, ...inputs } = found
      return new providerProto.ReadResponse()
        .setId(request.getId())
        .setInputs(write(inputs))
        .setProperties(write(found))
    }),
    invoke: unary(async (request: Request) => {
      const args = raw(request.getArgs?.())
      return new providerProto.InvokeResponse().setReturn(write({ echoed: args['say'] ?? null }))
    }),
    cancel: unary(async () => new emptyProto.Empty()),
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  return Object.assign(provider, { port })
}

type Request = {
  getName(): string
  getId(): string
  getOlds?(): Struct | undefined
  getOldInputs?(): Struct | undefined
  getNews?(): Struct | undefined
  getProperties?(): Struct | undefined
  getArgs?(): Struct | undefined
  getPreview?(): boolean
  getTimeout?(): number
}

function diff(olds: Properties, news: Properties) {
  const response = new providerProto.DiffResponse().setHasdetaileddiff(true).setChanges(1)
  const kinds = providerProto.PropertyDiff.Kind
  for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (JSON.stringify(olds[name]) === JSON.stringify(news[name])) continue
    const replaces = name.startsWith('force')
    const kind = !(name in olds)
      ? [kinds.ADD, kinds.ADD_REPLACE]
      : !(name in news)
        ? [kinds.DELETE, kinds.DELETE_REPLACE]
        : [kinds.UPDATE, kinds.UPDATE_REPLACE]
    response.setChanges(2).addDiffs(name)
    if (replaces) response.addReplaces(name)
    const change = new providerProto.PropertyDiff().setInputdiff(true)
    response.getDetaileddiffMap().set(name, change.setKind(kind[replaces ? 1 : 0] ?? 4))
  }
  return response.setDeletebeforereplace(news['dbr'] === true)
}

function unary<Q, A>(handle: (request: Q) => Promise<A>) {
  return (call: { request: Q }, done: (error: ServiceError | null, answer: A | null) => void) => {
    handle(call.request).then(
      (answer) => done(null, answer),
      (error) => done(error, null),
    )
  }
}

function raw(struct: Struct | undefined): Properties {
  return (struct?.toJavaScript() ?? {}) as Properties
}

function read(struct: Struct | undefined): Properties {
  return Object.fromEntries(Object.entries(raw(struct)).map(([key, value]) => [key, plain(value)]))
}

function plain(value: unknown): unknown {
  const inner = value as { value?: unknown } | null
  return typeof value === 'object' && inner && secretKey in inner ? inner.value : value
}

function write(properties: Properties): Struct {
  return structProto.Struct.fromJavaScript(properties as never)
}

function rpcError(message: string, metadata = new Metadata()): ServiceError {
  return Object.assign(new Error(message), { code: status.UNKNOWN, details: message, metadata })
}

function halfMade(id: string, outputs: Properties): ServiceError {
  const detail = new providerProto.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(write(outputs))
    .setReasonsList(['it is not ready'])
  const any = new anyProto.Any()
  any.pack(detail.serializeBinary(), 'pulumirpc.ErrorResourceInitFailed')
  const packed = new statusProto.Status().setCode(2).setMessage('half made').setDetailsList([any])
  const metadata = new Metadata()
  metadata.set('grpc-status-details-bin', Buffer.from(packed.serializeBinary()))
  return rpcError('half made', metadata)
}
