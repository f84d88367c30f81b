import { randomBytes } from 'node:crypto'
import type {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  GetSchemaResponse,
  InvokeResponse,
  ListResponse,
  ReadResponse,
  UpdateResponse,
} from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import {
  containsUnknown,
  mapProperties,
  type PropertyMap,
  unwrapSecrets,
} from '../values/property-value.ts'
import { packageOfProvider } from '../values/urn.ts'
import { fromStruct, normalise, toStruct } from '../values/wire.ts'
import { restoreSecrets } from './answer-secrets.ts'
import { readDiff } from './diff-response.ts'
import type { Plugin } from './plugin.ts'
import type { ListedObject, OldState, Provider, Target } from './provider.ts'
import { stripAssets, toProvider } from './provider-values.ts'
import { ProviderCallFailed } from './rpc-error.ts'

/** The provider resource whose inputs configure a process. */
export type Configuration = Target & { readonly id: string; readonly inputs: PropertyMap }

/** What was agreed on between engine and provider. */
type Agreement = {
  readonly secrets: boolean
  readonly resources: boolean
  readonly preview: boolean
}

/**
 * Configures a provider process and speaks for it. While the configuration itself is unknown (in a preview) the
 * process is not called at all: everything it would answer is unknown.
 */
export async function configureProvider(
  plugin: Plugin,
  configuration: Configuration,
  programDir: string,
): Promise<Provider> {
  if (containsUnknown(configuration.inputs)) return unknownProvider
  const agreement = await configure(plugin, configuration)

  const send = (map: PropertyMap) => {
    const referenced = mapProperties(map, (value) => toProvider(value, agreement))
    return toStruct(agreement.secrets ? referenced : unwrapSecrets(referenced))
  }
  const sendOld = (map: PropertyMap) => send(stripAssets(map))
  const receive = (struct: Parameters<typeof fromStruct>[0], asked: PropertyMap) => {
    const answer = normalise(fromStruct(struct), programDir)
    return agreement.secrets ? answer : restoreSecrets(answer, asked)
  }
  const receiveWritten = (
    struct: Parameters<typeof fromStruct>[0],
    asked: PropertyMap,
    target: Target,
    preview: boolean,
  ) => {
    const outputs = receive(struct, asked)
    if (!preview && containsUnknown(outputs)) {
      throw new ProviderCallFailed(`${target.urn}: the provider answered an unknown value`, 2)
    }
    return outputs
  }

  return {
    async check(target, olds, news) {
      const request = fill(new providerProto.CheckRequest(), target)
        .setOlds(send(olds))
        .setNews(send(news))
        .setRandomseed(randomBytes(32))
      const answer = await plugin.call<CheckResponse>((client, done) => client.check(request, done))
      const failures = answer.getFailuresList().map((failure) => failure.toObject())
      return { inputs: receive(answer.getInputs(), news), failures }
    },
    async diff(target, old, news, ignoreChanges) {
      const request = fill(new providerProto.DiffRequest(), target)
        .setId(old.id)
        .setOlds(sendOld(old.outputs))
        .setOldInputs(sendOld(old.inputs))
        .setNews(sendOld(news))
        .setIgnorechangesList([...ignoreChanges])
      return readDiff(await plugin.call<DiffResponse>((client, done) => client.diff(request, done)))
    },
    async create(target, inputs, { preview, timeout }) {
      if (preview && !agreement.preview) return { id: '', outputs: inputs }
      const request = fill(new providerProto.CreateRequest(), target)
        .setProperties(send(inputs))
        .setTimeout(timeout)
        .setPreview(preview)
      const answer = await plugin.call<CreateResponse>((client, done) =>
        client.create(request, done),
      )
      if (!preview && answer.getId() === '') {
        throw new ProviderCallFailed(`${target.urn}: the provider made it without an id`, 2)
      }
      return {
        id: answer.getId(),
        outputs: receiveWritten(answer.getProperties(), inputs, target, preview),
      }
    },
    async update(target, old, inputs, { preview, timeout, ignoreChanges }) {
      if (preview && !agreement.preview) return { id: old.id, outputs: inputs }
      const request = fill(new providerProto.UpdateRequest(), target)
        .setId(old.id)
        .setOlds(sendOld(old.outputs))
        .setOldInputs(sendOld(old.inputs))
        .setNews(send(inputs))
        .setTimeout(timeout)
        .setIgnorechangesList([...ignoreChanges])
        .setPreview(preview)
      const answer = await plugin.call<UpdateResponse>((client, done) =>
        client.update(request, done),
      )
      return {
        id: old.id,
        outputs: receiveWritten(answer.getProperties(), inputs, target, preview),
      }
    },
    async delete(target, old, timeout) {
      const request = fill(new providerProto.DeleteRequest(), target)
        .setId(old.id)
        .setProperties(sendOld(old.outputs))
        .setOldInputs(sendOld(old.inputs))
        .setTimeout(timeout)
      await plugin.call((client, done) => client.delete(request, done))
    },
    async read(target, id, known, timeout) {
      const request = fill(new providerProto.ReadRequest(), target).setId(id).setTimeout(timeout)
      if (known.outputs) request.setProperties(sendOld(known.outputs))
      if (known.inputs) request.setInputs(sendOld(known.inputs))
      const answer = await plugin.call<ReadResponse>((client, done) => client.read(request, done))
      return {
        id: answer.getId(),
        inputs: answer.hasInputs() ? receive(answer.getInputs(), known.inputs ?? {}) : undefined,
        outputs: answer.hasProperties()
          ? receive(answer.getProperties(), known.outputs ?? {})
          : undefined,
      }
    },
    async invoke(token, args, preview) {
      const request = new providerProto.InvokeRequest()
        .setTok(token)
        .setArgs(send(args))
        .setPreview(preview)
      const answer = await plugin.call<InvokeResponse>((client, done) =>
        client.invoke(request, done),
      )
      return {
        result: receive(answer.getReturn(), {}),
        failures: answer.getFailuresList().map((failure) => failure.toObject()),
      }
    },
    async list(token, query) {
      const found: ListedObject[] = []
      let from = ''
      do {
        const request = new providerProto.ListRequest()
          .setToken(token)
          .setQuery(send(query))
          .setContinuationToken(from)
        const answers = await plugin.stream<ListResponse>((client) => client.list(request))
        found.push(...answers.flatMap((answer) => answer.getResult()?.toObject() ?? []))
        from = answers.at(-1)?.getContinuation()?.getContinuationToken() ?? ''
      } while (from !== '')
      return found
    },
    async schema() {
      const request = new providerProto.GetSchemaRequest()
      const answer = await plugin.call<GetSchemaResponse>((client, done) =>
        client.getSchema(request, done),
      )
      return answer.getSchema()
    },
  }
}

/** Stands in for a provider whose configuration is not known yet. */
export const unknownProvider: Provider = {
  check: async (_target, _olds, news) => ({ inputs: news, failures: [] }),
  diff: async () => ({
    changes: 'some',
    replaceKeys: [],
    changedKeys: [],
    stableKeys: [],
    deleteBeforeReplace: false,
    detailedDiff: undefined,
  }),
  create: async () => ({ id: '', outputs: {} }),
  update: async (_target, old) => ({ id: old.id, outputs: {} }),
  delete: async () => {},
  read: async (_target, id) => ({ id, inputs: undefined, outputs: {} }),
  invoke: async () => ({ result: {}, failures: [] }),
  list: async () => [],
  schema: async () => '{}',
}

async function configure(plugin: Plugin, configuration: Configuration): Promise<Agreement> {
  const { inputs, id, urn, name, type } = configuration
  const request = new providerProto.ConfigureRequest()
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setSendsOldInputs(true)
    .setSendsOldInputsToDelete(true)
    .setArgs(toStruct(inputs))
    .setId(id)
    .setUrn(urn)
    .setName(name)
    .setType(type)
  const variables = request.getVariablesMap()
  for (const [key, value] of Object.entries(unwrapSecrets(inputs))) {
    if (key === 'version') continue
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    variables.set(`${packageOfProvider(type)}:config:${key}`, text)
  }
  const answer = await plugin.call<ConfigureResponse>((client, done) =>
    client.configure(request, done),
  )
  // A handshake, where the provider knows it, replaces the flags of Configure and implies previews.
  const { handshake } = plugin
  return {
    secrets: handshake ? handshake.getAcceptSecrets() : answer.getAcceptsecrets(),
    resources: handshake ? handshake.getAcceptResources() : answer.getAcceptresources(),
    preview: handshake ? true : answer.getSupportspreview(),
  }
}

function fill<R extends Targeted<R>>(request: R, { urn, name, type }: Target): R {
  return request.setUrn(urn).setName(name).setType(type)
}

type Targeted<R> = {
  setUrn(urn: string): R
  setName(name: string): R
  setType(type: string): R
}

/** The olds of a state as calls want them. */
export function oldState(state: {
  readonly id?: string
  readonly inputs: PropertyMap
  readonly outputs?: PropertyMap
}): OldState {
  return { id: state.id ?? '', inputs: state.inputs, outputs: state.outputs ?? {} }
}
