import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceError,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js'
import type { IEngineServer } from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import engineProto from '@pulumi/pulumi/proto/engine_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import type { IResourceMonitorServer } from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resourceGrpc from '@pulumi/pulumi/proto/resource_grpc_pb.js'
import resourceProto from '@pulumi/pulumi/proto/resource_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { Unsupported } from '../errors.ts'
import { grpcOptions } from '../provider/plugin.ts'
import type { CheckFailure } from '../provider/provider.ts'
import { type PropertyMap, unwrapSecrets } from '../values/property-value.ts'
import { fromStruct, normalise, toStruct } from '../values/wire.ts'
import { type Goal, readGoal } from './goal.ts'

/** What a registration is answered with. */
export type Registered = {
  readonly urn: string
  /** Empty for components, and for what a preview would create. */
  readonly id: string
  readonly outputs: PropertyMap
  readonly stables: readonly string[]
}

/** A read that the program asked for (`Resource.get`). */
export type ReadGoal = Pick<
  Goal,
  | 'type'
  | 'name'
  | 'parent'
  | 'inputs'
  | 'dependencies'
  | 'provider'
  | 'version'
  | 'downloadUrl'
  | 'additionalSecretOutputs'
> & { readonly id: string }

/** A function of a provider that the program calls. */
export type InvokeGoal = Pick<Goal, 'provider' | 'version' | 'downloadUrl'> & {
  readonly token: string
  readonly args: PropertyMap
}

/** What the services know and decide nothing of themselves: the run behind them. */
export interface ProgramHost {
  readonly project: string
  readonly stack: string
  readonly preview: boolean
  readonly parallel: number
  readonly programDir: string
  readonly config: { readonly [key: string]: string }
  readonly secretKeys: readonly string[]
  register(goal: Goal): Promise<Registered>
  read(goal: ReadGoal): Promise<{ readonly urn: string; readonly outputs: PropertyMap }>
  invoke(
    goal: InvokeGoal,
  ): Promise<{ readonly result: PropertyMap; readonly failures: readonly CheckFailure[] }>
  registerOutputs(urn: string, outputs: PropertyMap): void
  /** The program has said everything; holds when all its steps are done. */
  finish(): Promise<void>
}

/** Takes what the program, or a provider, says about a resource or (with an empty URN) about the whole. */
export type Log = (severity: 'info' | 'warning' | 'error', message: string, urn: string) => void

/** The services, listening. */
export interface Monitor {
  readonly address: string
  /** Serves `host` from now on; before this, calls wait. */
  serve(host: ProgramHost): void
  /** Passes on what is logged, with or without a program; before this, it waits. */
  hear(log: Log): void
  /** Ends all calls, also those not answered; a program that waits for one ends. */
  stop(): void
}

const severities = ['debug', 'info', 'warning', 'error'] as const

const { ResourceMonitorFeature: feature } = resourceProto
/** What the engine builds, with the names under which older SDKs ask. */
const supportedFeatures = new Map<string, number>([
  ['secrets', feature.RESOURCE_MONITOR_FEATURE_SECRETS],
  ['resourceReferences', feature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES],
  ['outputValues', feature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES],
  ['aliasSpecs', feature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS],
  ['replacementTrigger', feature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER],
  ['deletedWith', feature.RESOURCE_MONITOR_FEATURE_DELETED_WITH],
])

/** Opens the ResourceMonitor and Engine services on one free port. */
export async function startMonitor(): Promise<Monitor> {
  const host = Promise.withResolvers<ProgramHost>()
  const log = Promise.withResolvers<Log>()
  const server = new Server(grpcOptions)
  server.addService(resourceGrpc.ResourceMonitorService, monitorService(host.promise))
  server.addService(engineGrpc.EngineService, engineService(log.promise))
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  return {
    address: `127.0.0.1:${port}`,
    serve: host.resolve,
    hear: log.resolve,
    stop: () => server.forceShutdown(),
  }
}

function monitorService(hosted: Promise<ProgramHost>): IResourceMonitorServer {
  return {
    getDeploymentInfo: answer(async () => {
      const host = await hosted
      const info = new resourceProto.DeploymentInfo()
        .setProject(host.project)
        .setStack(host.stack)
        .setOrganization('organization')
        .setConfigsecretkeysList([...host.secretKeys])
        .setDryrun(host.preview)
        .setParallel(host.parallel)
        .setSupportedfeaturesList([...supportedFeatures.values()])
      for (const [key, value] of Object.entries(host.config)) info.getConfigMap().set(key, value)
      return info
    }),
    supportsFeature: answer(async (request) =>
      new resourceProto.SupportsFeatureResponse().setHassupport(
        supportedFeatures.has(request.getId()),
      ),
    ),
    registerResource: answer(async (request) => {
      const host = await hosted
      const done = await host.register(readGoal(request, host.programDir))
      const outputs = request.getAcceptsecrets() ? done.outputs : unwrapSecrets(done.outputs)
      return new resourceProto.RegisterResourceResponse()
        .setUrn(done.urn)
        .setId(done.id)
        .setObject(toStruct(outputs))
        .setStablesList([...done.stables])
    }),
    readResource: answer(async (request) => {
      if (request.getPackageref() !== '') throw new Unsupported('parameterized packages')
      const host = await hosted
      const { urn, outputs } = await host.read({
        type: request.getType(),
        name: request.getName(),
        id: request.getId(),
        parent: request.getParent(),
        inputs: normalise(fromStruct(request.getProperties()), host.programDir),
        dependencies: request.getDependenciesList(),
        provider: request.getProvider(),
        version: request.getVersion(),
        downloadUrl: request.getPlugindownloadurl(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      })
      return new resourceProto.ReadResourceResponse()
        .setUrn(urn)
        .setProperties(toStruct(request.getAcceptsecrets() ? outputs : unwrapSecrets(outputs)))
    }),
    invoke: answer(async (request) => {
      if (request.getPackageref() !== '') throw new Unsupported('parameterized packages')
      const host = await hosted
      const { result, failures } = await host.invoke({
        token: request.getTok(),
        args: normalise(fromStruct(request.getArgs()), host.programDir),
        provider: request.getProvider(),
        version: request.getVersion(),
        downloadUrl: request.getPlugindownloadurl(),
      })
      return new resourceProto.ResourceInvokeResponse()
        .setReturn(toStruct(result))
        .setFailuresList(
          failures.map(({ property, reason }) =>
            new providerProto.CheckFailure().setProperty(property).setReason(reason),
          ),
        )
    }),
    registerResourceOutputs: answer(async (request) => {
      const host = await hosted
      const outputs = normalise(fromStruct(request.getOutputs()), host.programDir)
      host.registerOutputs(request.getUrn(), outputs)
      return new emptyProto.Empty()
    }),
    signalAndWaitForShutdown: answer(async () => {
      await (await hosted).finish()
      return new emptyProto.Empty()
    }),
    call: refuse('methods of components (Call)'),
    registerStackTransform: refuse('transforms'),
    registerStackInvokeTransform: refuse('invoke transforms'),
    registerResourceHook: refuse('resource hooks'),
    registerErrorHook: refuse('error hooks'),
    registerPackage: refuse('parameterized packages'),
  }
}

function engineService(heard: Promise<Log>): IEngineServer {
  let rootUrn = ''
  return {
    log: answer(async (request) => {
      const severity = severities[request.getSeverity()] ?? 'info'
      if (severity !== 'debug') {
        const log = await heard
        log(severity, request.getMessage().trimEnd(), request.getUrn())
      }
      return new emptyProto.Empty()
    }),
    getRootResource: answer(async () => new engineProto.GetRootResourceResponse().setUrn(rootUrn)),
    setRootResource: answer(async (request) => {
      rootUrn = request.getUrn()
      return new engineProto.SetRootResourceResponse()
    }),
    startDebugging: refuse('debugging of programs'),
    requirePulumiVersion: refuse('requirePulumiVersion'),
  }
}

/** A unary method from a function; an error becomes a status whose message the program shows. */
function answer<Q, A>(handle: (request: Q) => Promise<A>): handleUnaryCall<Q, A> {
  return (call, callback) => {
    handle(call.request).then(
      (response) => callback(null, response),
      (error) => fail(error, callback),
    )
  }
}

function refuse<Q, A>(what: string): handleUnaryCall<Q, A> {
  return (_call, callback) => fail(new Unsupported(what), callback)
}

function fail<A>(error: unknown, callback: sendUnaryData<A>): void {
  const code = error instanceof Unsupported ? status.UNIMPLEMENTED : status.UNKNOWN
  const message = error instanceof Error ? error.message : String(error)
  callback({ code, details: message, message } as ServiceError, null)
}
