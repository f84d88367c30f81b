import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type * as pluginTypes from '@pulumi/pulumi/proto/plugin_pb.js'
import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import type * as emptyTypes from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Problem } from '../schemas/index.ts'
import { checkInputs } from './check.ts'
import type { TwilioClient } from './client.ts'
import {
  checkConfiguration,
  credentialsOf,
  openAccount,
  secretConfiguration,
} from './configuration.ts'
import {
  create,
  type Difference,
  diff,
  previewCreate,
  previewUpdate,
  read,
  remove,
  update,
} from './lifecycle.ts'
import { sameValue } from './property-diff.ts'
import { resourceOf } from './resources.ts'
import { type Decoded, decode, encode } from './values.ts'
import { version } from './version.ts'

const require = createRequire(import.meta.url)
const messages = require('@pulumi/pulumi/proto/provider_pb.js') as typeof messageTypes
const { PluginInfo } = require('@pulumi/pulumi/proto/plugin_pb.js') as typeof pluginTypes
const { Empty } = require('google-protobuf/google/protobuf/empty_pb.js') as typeof emptyTypes

// gRPC's codes, without loading gRPC for three numbers.
const status = { invalidArgument: 3, failedPrecondition: 9, unimplemented: 12, unknown: 2 } as const

type Environment = Readonly<Record<string, string | undefined>>
type Reply<A> = grpcTypes.sendUnaryData<A>
type Call<Q, A> = grpcTypes.ServerUnaryCall<Q, A>

/** Pulumi's `ResourceProvider` service (`provider.proto`). Calls that this provider does not have are refused by name. */
export function createService(environment: Environment): grpcTypes.UntypedServiceImplementation {
  const canceled = new AbortController()
  let opened: Promise<TwilioClient> | undefined

  function client(): Promise<TwilioClient> {
    if (opened) return opened
    throw refusal(
      status.failedPrecondition,
      'The provider was not configured: Configure comes before resource calls',
    )
  }

  return {
    handshake: unary(() => {
      const answer = new messages.ProviderHandshakeResponse()
      return answer.setAcceptSecrets(true).setAcceptResources(false).setAcceptOutputs(true)
    }),
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),
    getSchema: unary(async () => {
      const { packageSchema } = await import('./schema.ts')
      return new messages.GetSchemaResponse().setSchema(JSON.stringify(packageSchema()))
    }),
    checkConfig: unary((request: messageTypes.CheckRequest) => {
      const news = decode(request.getNews())
      return checked(news, checkConfiguration(news.values, environment), secretConfiguration)
    }),
    diffConfig: unary((request: messageTypes.DiffRequest) => diffConfiguration(request)),
    configure: unary(async (request: messageTypes.ConfigureRequest) => {
      const credentials = credentialsOf(decode(request.getArgs()).values, environment)
      opened = openAccount({ ...credentials, signal: canceled.signal })
      await opened
      const answer = new messages.ConfigureResponse()
      return answer.setAcceptsecrets(true).setSupportspreview(true).setAcceptoutputs(true)
    }),
    check: unary((request: messageTypes.CheckRequest) => {
      const news = decode(request.getNews())
      return checked(
        news,
        checkInputs(resourceOf(request.getType() || typeOf(request.getUrn())), news.values),
      )
    }),
    diff: unary((request: messageTypes.DiffRequest) => {
      const resource = resourceOf(typeOf(request.getUrn()))
      const before = decode(request.getOldInputs() ?? request.getOlds()).values
      return described(diff(resource, before, decode(request.getNews()).values))
    }),
    create: unary(async (request: messageTypes.CreateRequest) => {
      const resource = resourceOf(typeOf(request.getUrn()))
      const { values, secrets } = decode(request.getProperties())
      const answer = new messages.CreateResponse()
      if (request.getPreview()) {
        return answer.setProperties(encode(previewCreate(resource, values), secrets))
      }
      const { id, outputs } = await create(resource, await client(), values)
      return answer.setId(id).setProperties(encode(outputs, withOwn(secrets, resource.secrets)))
    }),
    read: unary(async (request: messageTypes.ReadRequest) => {
      const resource = resourceOf(typeOf(request.getUrn()))
      const known = decode(request.getProperties())
      const inputs = decode(request.getInputs())
      // An import knows nothing but the id.
      const imports = Object.keys(inputs.values).length === 0
      const state = await read(
        resource,
        await client(),
        request.getId(),
        known.values,
        imports ? undefined : inputs.values,
      )
      const answer = new messages.ReadResponse()
      if (!state) return answer
      const secrets = withOwn(new Set([...known.secrets, ...inputs.secrets]), resource.secrets)
      return answer
        .setId(state.id)
        .setProperties(encode(state.outputs, secrets))
        .setInputs(encode(state.inputs, secrets))
    }),
    update: unary(async (request: messageTypes.UpdateRequest) => {
      const resource = resourceOf(typeOf(request.getUrn()))
      const known = decode(request.getOlds())
      const before = request.getOldInputs() ? decode(request.getOldInputs()).values : known.values
      const { values, secrets } = decode(request.getNews())
      const outputs = request.getPreview()
        ? previewUpdate(resource, known.values, values)
        : await update(resource, await client(), request.getId(), known.values, before, values)
      const marked = withOwn(secrets, resource.secrets)
      return new messages.UpdateResponse().setProperties(encode(outputs, marked))
    }),
    delete: unary(async (request: messageTypes.DeleteRequest) => {
      const resource = resourceOf(typeOf(request.getUrn()))
      const known = decode(request.getProperties()).values
      await remove(resource, await client(), request.getId(), known)
      return new Empty()
    }),
    cancel: unary(() => {
      canceled.abort()
      return new Empty()
    }),
    attach: unary(() => new Empty()),
    getMapping: unary(() => new messages.GetMappingResponse()),
    getMappings: unary(() => new messages.GetMappingsResponse()),
    parameterize: unary(() => absent('Parameterize')),
    invoke: unary((request: messageTypes.InvokeRequest) => absent(`Invoke of ${request.getTok()}`)),
    call: unary((request: messageTypes.CallRequest) => absent(`Call of ${request.getTok()}`)),
    construct: unary((request: messageTypes.ConstructRequest) =>
      absent(`Construct of ${request.getType()}`),
    ),
    list: (
      call: grpcTypes.ServerWritableStream<messageTypes.ListRequest, messageTypes.ListResponse>,
    ) => {
      call.emit('error', refusal(status.unimplemented, 'The Twilio provider has no List yet'))
    },
  }
}

function unary<Q, A>(answer: (request: Q) => A | Promise<A>) {
  return async ({ request }: Call<Q, A>, reply: Reply<A>) => {
    try {
      reply(null, await answer(request))
    } catch (error) {
      reply(toServiceError(error))
    }
  }
}

function checked(news: Decoded, problems: readonly Problem[], secrets: readonly string[] = []) {
  const answer = new messages.CheckResponse()
  answer.setInputs(encode(news.values, withOwn(news.secrets, secrets)))
  for (const { path, message } of problems) {
    answer.addFailures(new messages.CheckFailure().setProperty(path).setReason(message))
  }
  return answer
}

function described({
  changes,
  replaces,
  deleteBeforeReplace,
}: Difference): messageTypes.DiffResponse {
  const answer = new messages.DiffResponse().setHasdetaileddiff(true)
  const kinds = messages.PropertyDiff.Kind
  for (const { path, property, kind } of changes) {
    const replace = replaces.includes(property)
    const kindOf = {
      add: replace ? kinds.ADD_REPLACE : kinds.ADD,
      delete: replace ? kinds.DELETE_REPLACE : kinds.DELETE,
      update: replace ? kinds.UPDATE_REPLACE : kinds.UPDATE,
    }
    const detail = new messages.PropertyDiff().setKind(kindOf[kind]).setInputdiff(true)
    answer.getDetaileddiffMap().set(path, detail)
  }
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges
  return answer
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(changes.map(({ property }) => property))])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace)
}

// Another account is another world: everything is replaced. Other credentials for the same one are not.
function diffConfiguration(request: messageTypes.DiffRequest): messageTypes.DiffResponse {
  const before = decode(request.getOldInputs() ?? request.getOlds()).values
  const after = decode(request.getNews()).values
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter(
    (name) => !sameValue(before[name], after[name]) && name !== 'version',
  )
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges
  return new messages.DiffResponse()
    .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed)
    .setReplacesList(changed.filter((name) => name === 'accountSid'))
}

function withOwn(secrets: ReadonlySet<string>, own: readonly string[] = []): ReadonlySet<string> {
  return new Set([...secrets, ...own])
}

/** The type of a resource, from its URN. */
function typeOf(urn: string): string {
  const qualified = urn.split('::')[2] ?? ''
  return qualified.slice(qualified.lastIndexOf('$') + 1)
}

function absent(name: string): never {
  throw refusal(status.unimplemented, `The Twilio provider has no ${name}`)
}

function refusal(code: number, details: string): grpcTypes.ServiceError {
  return Object.assign(new Error(details), { code, details }) as grpcTypes.ServiceError
}

function toServiceError(error: unknown): grpcTypes.ServiceError {
  if (!(error instanceof Error)) return refusal(status.unknown, String(error))
  if ('code' in error && typeof error.code === 'number' && 'details' in error) {
    return error as grpcTypes.ServiceError
  }
  const named = ['UnusableConfiguration', 'UnknownResource', 'InvalidInput'].includes(error.name)
  return refusal(named ? status.invalidArgument : status.unknown, error.message)
}
