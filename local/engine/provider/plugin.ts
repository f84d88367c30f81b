import { type ClientReadableStream, credentials, type ServiceError, status } from '@grpc/grpc-js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import type {
  CheckRequest,
  CheckResponse,
  DiffRequest,
  DiffResponse,
  ProviderHandshakeResponse,
} from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { ProviderUnavailable } from '../errors.ts'
import { type PluginLaunch, type PluginProcess, startPlugin } from './plugin-process.ts'
import { isUnimplemented, readRpcError } from './rpc-error.ts'

/** A message limit that no state reaches, as the Pulumi SDKs set it. */
export const grpcOptions = {
  'grpc.max_receive_message_length': 400 * 1024 * 1024,
  'grpc.max_send_message_length': 400 * 1024 * 1024,
}

type Callback<A> = (error: ServiceError | null, answer: A) => void
type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>

/** A started provider process after its handshake: raw calls, nothing decided. */
export interface Plugin {
  readonly package: string
  readonly version: string
  /** What the handshake said; undefined when the provider knows none and answers in Configure. */
  readonly handshake: ProviderHandshakeResponse | undefined
  /** Makes one call; failures become `ProviderCallFailed` or `InitializationFailed`. */
  call<A>(send: (client: Client, done: Callback<A>) => unknown): Promise<A>
  /** Collects what one call streams; failures as in `call`. */
  stream<A>(send: (client: Client) => ClientReadableStream<A>): Promise<readonly A[]>
  checkConfig(request: CheckRequest): Promise<CheckResponse | undefined>
  diffConfig(request: DiffRequest): Promise<DiffResponse | undefined>
  /** Tells it that running calls should end. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** Starts a provider and shakes hands. */
export async function openPlugin(launch: PluginLaunch): Promise<Plugin> {
  const process = await startPlugin(launch)
  const client = new providerGrpc.ResourceProviderClient(
    process.address,
    credentials.createInsecure(),
    grpcOptions,
  )
  const call = <A>(send: (client: Client, done: Callback<A>) => unknown): Promise<A> =>
    new Promise<A>((resolve, reject) => {
      send(client, (error, answer) => {
        if (!error) resolve(answer)
        else reject(explain(error))
      })
    })
  const stream = <A>(send: (client: Client) => ClientReadableStream<A>) =>
    new Promise<readonly A[]>((resolve, reject) => {
      const answers: A[] = []
      send(client)
        .on('data', (answer: A) => answers.push(answer))
        .on('error', (error: ServiceError) => reject(explain(error)))
        .on('end', () => resolve(answers))
    })
  const explain = (error: ServiceError): Error => {
    const died = error.code === status.UNAVAILABLE && process.hasEnded()
    return died ? exitedEarly(launch.package, error) : readRpcError(error)
  }
  const optional = async <A>(answer: Promise<A>): Promise<A | undefined> => {
    try {
      return await answer
    } catch (error) {
      if (isUnimplemented(error)) return undefined
      throw error
    }
  }
  const close = async () => {
    client.close()
    await process.stop()
  }
  try {
    await ready(client, launch.package)
    const handshake = await optional(
      call<ProviderHandshakeResponse>((c, done) =>
        c.handshake(handshakeRequest(launch, process), done),
      ),
    )
    if (process.attached) {
      const attach = new pluginProto.PluginAttach().setAddress(launch.engineAddress)
      await optional(call((c, done) => c.attach(attach, done)))
    }
    const info = await optional(
      call<InstanceType<typeof pluginProto.PluginInfo>>((c, done) =>
        c.getPluginInfo(new emptyProto.Empty(), done),
      ),
    )
    return {
      package: launch.package,
      version: info?.getVersion() ?? '',
      handshake,
      call,
      stream,
      checkConfig: (request) => optional(call((c, done) => c.checkConfig(request, done))),
      diffConfig: (request) => optional(call((c, done) => c.diffConfig(request, done))),
      async cancel() {
        await optional(call((c, done) => c.cancel(new emptyProto.Empty(), done)))
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function exitedEarly(packageName: string, cause: unknown): ProviderUnavailable {
  return new ProviderUnavailable(packageName, 'its process exited prematurely', { cause })
}

function ready(client: Client, packageName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    client.waitForReady(Date.now() + 10_000, (cause) =>
      cause
        ? reject(new ProviderUnavailable(packageName, 'it does not answer', { cause }))
        : resolve(),
    )
  })
}

function handshakeRequest({ engineAddress }: PluginLaunch, { folder }: PluginProcess) {
  const request = new providerProto.ProviderHandshakeRequest()
    .setEngineAddress(engineAddress)
    .setConfigureWithUrn(true)
    .setInvokeWithPreview(true)
  return folder ? request.setRootDirectory(folder).setProgramDirectory(folder) : request
}
