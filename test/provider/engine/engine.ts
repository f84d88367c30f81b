import { randomBytes } from 'node:crypto'
import type {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { demoAccount } from '../../../local/demo-account.ts'
import { serveProvider } from '../../../provider/protocol/server.ts'
import { listObjects } from './list-objects.ts'
import { connectProvider, type ProviderConnection } from './provider-connection.ts'
import { fromStruct, type Properties, secret, toStruct } from './wire.ts'

/** A resource as an engine keeps it. */
export type State = {
  readonly id: string
  readonly inputs: Properties
  readonly outputs: Properties
}

/** What Diff said. */
export type Difference = {
  readonly changes: 'unknown' | 'none' | 'some'
  /** Property path → `add`, `delete-replace`, … */
  readonly detailed: Readonly<Record<string, string>>
  /** Whether every path refers to inputs. */
  readonly ofInputs: boolean
  readonly replaces: readonly string[]
  readonly diffs: readonly string[]
  readonly stables: readonly string[]
  readonly deleteBeforeReplace: boolean
}

/** What an `up` did with one resource. */
export type Step = {
  readonly step: 'create' | 'same' | 'update' | 'replace'
  readonly state: State
}

/** What List may be told. */
export type ListOptions = {
  readonly query?: Properties
  readonly limit?: number
  readonly pageSize?: number
  readonly from?: string
}

/** What List answered. */
export type ListAnswer = {
  readonly objects: readonly { readonly id: string; readonly name: string }[]
  readonly next: string | undefined
  /** The query was not known yet. */
  readonly computed: boolean
}

/** Check refused the inputs. */
export class Refused extends Error {
  readonly failures: readonly { readonly property: string; readonly reason: string }[]
  constructor(failures: Refused['failures']) {
    super(failures.map(({ property, reason }) => `${property}: ${reason}`).join('\n'))
    this.failures = failures
  }
}

/** Calls a provider as Pulumi's engine does, resource by resource. */
export interface Engine {
  check(type: string, olds: Properties, news: Properties): Promise<Properties>
  diff(type: string, old: State, news: Properties): Promise<Difference>
  /** The resource as declared: created, left alone, updated or replaced. By `name` it is found again after an interruption. */
  up(type: string, old: State | undefined, program: Properties, name?: string): Promise<Step>
  /** The outputs that a preview shows; `id` is empty for a creation. */
  preview(type: string, old: State | undefined, program: Properties): Promise<State>
  /** What a refresh makes of the state, with what it says has drifted; undefined when the object is gone. */
  refresh(
    type: string,
    state: State,
  ): Promise<{ readonly state: State; readonly drift: Difference } | undefined>
  /** The state that an import gives; undefined when there is no such object. */
  import(type: string, id: string): Promise<State | undefined>
  /** `seconds` is what `customTimeouts` says of a deletion. */
  destroy(type: string, state: State, seconds?: number): Promise<void>
  /** What a function of the provider answers; throws `Refused` for arguments that it does not take. */
  invoke(token: string, args: Properties): Promise<Properties>
  list(token: string, options?: ListOptions): Promise<ListAnswer>
  close(): void
  /** Ends all waiting as well: for a provider that is in the middle of something. */
  abandon(): Promise<void>
}

const changes = ['unknown', 'none', 'some'] as const
const kinds = [
  'add',
  'add-replace',
  'delete',
  'delete-replace',
  'update',
  'update-replace',
] as const

/** Serves and configures a provider for the demo account at this base URL. */
export async function startEngine(
  baseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  engineAddress?: string,
): Promise<Engine> {
  const server = await serveProvider(environment)
  const provider = connectProvider(server.port)
  await configure(provider, accountAt(baseUrl), engineAddress)
  return createEngine(provider, () => {
    provider.disconnect()
    server.close()
  })
}

/** The configuration for the demo account at this base URL. */
export function accountAt(baseUrl: string): Properties {
  const { accountSid, authToken } = demoAccount
  return { accountSid, authToken: secret(authToken), baseUrl }
}

/** Makes the calls that precede every other: Handshake and Configure. */
export async function configure(
  provider: ProviderConnection,
  configuration: Properties,
  engineAddress = '127.0.0.1:1',
): Promise<ConfigureResponse> {
  const handshake = new providerProto.ProviderHandshakeRequest()
    .setEngineAddress(engineAddress)
    .setConfigureWithUrn(true)
  await provider.call((client, done) => client.handshake(handshake, done))
  const request = new providerProto.ConfigureRequest()
    .setArgs(toStruct(configuration))
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setSendsOldInputs(true)
    .setSendsOldInputsToDelete(true)
  return provider.call<ConfigureResponse>((client, done) => client.configure(request, done))
}

/** An engine for a provider that is configured already. */
export function createEngine(provider: ProviderConnection, close: () => void): Engine {
  async function check(type: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = named(new providerProto.CheckRequest(), type)
      .setOlds(toStruct(olds))
      .setNews(toStruct(news))
      .setRandomseed(randomBytes(32))
    const answer = await provider.call<CheckResponse>((client, done) => client.check(request, done))
    const failures = answer.getFailuresList().map((failure) => failure.toObject())
    if (failures.length > 0) throw new Refused(failures)
    return fromStruct(answer.getInputs())
  }

  async function diff(type: string, old: State, news: Properties): Promise<Difference> {
    const request = named(new providerProto.DiffRequest(), type)
      .setId(old.id)
      .setOlds(toStruct(old.outputs))
      .setOldInputs(toStruct(old.inputs))
      .setNews(toStruct(news))
    const answer = await provider.call<DiffResponse>((client, done) => client.diff(request, done))
    const detailed = [...answer.getDetaileddiffMap().entries()]
    return {
      changes: changes[answer.getChanges()] ?? 'unknown',
      detailed: Object.fromEntries(
        detailed.map(([path, change]) => [path, kinds[change.getKind()] ?? '']),
      ),
      ofInputs: detailed.every(([, change]) => change.getInputdiff()),
      replaces: answer.getReplacesList(),
      diffs: answer.getDiffsList(),
      stables: answer.getStablesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    }
  }

  async function create(
    type: string,
    inputs: Properties,
    preview: boolean,
    name: string,
  ): Promise<State> {
    const request = named(new providerProto.CreateRequest(), type, name)
      .setProperties(toStruct(inputs))
      .setPreview(preview)
    const answer = await provider.call<CreateResponse>((client, done) =>
      client.create(request, done),
    )
    return { id: answer.getId(), inputs, outputs: fromStruct(answer.getProperties()) }
  }

  async function update(
    type: string,
    old: State,
    inputs: Properties,
    preview: boolean,
  ): Promise<State> {
    const request = named(new providerProto.UpdateRequest(), type)
      .setId(old.id)
      .setOlds(toStruct(old.outputs))
      .setOldInputs(toStruct(old.inputs))
      .setNews(toStruct(inputs))
      .setPreview(preview)
    const answer = await provider.call<UpdateResponse>((client, done) =>
      client.update(request, done),
    )
    return { id: old.id, inputs, outputs: fromStruct(answer.getProperties()) }
  }

  async function read(type: string, id: string, known?: State): Promise<State | undefined> {
    const request = named(new providerProto.ReadRequest(), type).setId(id)
    if (known) {
      request.setProperties(toStruct(known.outputs)).setInputs(toStruct(known.inputs))
    }
    const answer = await provider.call<ReadResponse>((client, done) => client.read(request, done))
    if (answer.getId() === '') return undefined
    const inputs = answer.hasInputs() ? fromStruct(answer.getInputs()) : (known?.inputs ?? {})
    return { id: answer.getId(), inputs, outputs: fromStruct(answer.getProperties()) }
  }

  async function destroy(type: string, state: State, seconds = 0): Promise<void> {
    const request = named(new providerProto.DeleteRequest(), type)
      .setId(state.id)
      .setProperties(toStruct(state.outputs))
      .setOldInputs(toStruct(state.inputs))
      .setTimeout(seconds)
    await provider.call((client, done) => client.delete(request, done))
  }

  async function step(
    type: string,
    old: State | undefined,
    program: Properties,
    preview: boolean,
    name = 'it',
  ): Promise<Step> {
    const inputs = await check(type, old?.inputs ?? {}, program)
    if (!old) return { step: 'create', state: await create(type, inputs, preview, name) }
    const difference = await diff(type, old, inputs)
    if (difference.changes === 'none') return { step: 'same', state: { ...old, inputs } }
    if (difference.replaces.length === 0) {
      return { step: 'update', state: await update(type, old, inputs, preview) }
    }
    const fresh = await check(type, {}, program)
    if (difference.deleteBeforeReplace && !preview) await destroy(type, old)
    const state = await create(type, fresh, preview, name)
    if (!difference.deleteBeforeReplace && !preview) await destroy(type, old)
    return { step: 'replace', state }
  }

  return {
    check,
    diff,
    destroy,
    up: (type, old, program, name) => step(type, old, program, false, name),
    preview: async (type, old, program) => (await step(type, old, program, true)).state,
    async refresh(type, state) {
      const found = await read(type, state.id, state)
      // An engine asks with the roles swapped: what was read is the old, the inputs of the state are the new.
      return found && { state: found, drift: await diff(type, found, state.inputs) }
    },
    async import(type, id) {
      const found = await read(type, id)
      return found && { ...found, inputs: await check(type, found.inputs, found.inputs) }
    },
    async invoke(token, args) {
      const request = new providerProto.InvokeRequest().setTok(token).setArgs(toStruct(args))
      const answer = await provider.call<InvokeResponse>((client, done) =>
        client.invoke(request, done),
      )
      const failures = answer.getFailuresList().map((failure) => failure.toObject())
      if (failures.length > 0) throw new Refused(failures)
      return fromStruct(answer.getReturn())
    },
    list: (token, options) => listObjects(provider, token, options),
    close,
    async abandon() {
      await provider.call((client, done) => client.cancel(new emptyProto.Empty(), done))
      close()
    },
  }
}

type Named<R> = { setUrn(urn: string): R; setName(name: string): R; setType(type: string): R }

function named<R extends Named<R>>(request: R, type: string, name = 'it'): R {
  return request.setUrn(`urn:pulumi:test::test::${type}::${name}`).setName(name).setType(type)
}
