import { randomUUID } from 'node:crypto'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import { ProviderUnavailable } from '../errors.ts'
import type { ResourceState } from '../state/resource-state.ts'
import {
  containsUnknown,
  type PropertyMap,
  unknownValue,
  unwrapSecrets,
} from '../values/property-value.ts'
import {
  formatProviderReference,
  packageOfProvider,
  parseProviderReference,
  parseUrn,
} from '../values/urn.ts'
import { fromStruct, normalise, toStruct } from '../values/wire.ts'
import { restoreSecrets } from './answer-secrets.ts'
import { type Configuration, configureProvider } from './configured-provider.ts'
import { readDiff } from './diff-response.ts'
import type { Plugin } from './plugin.ts'
import type { Provider, Target } from './provider.ts'

/** The provider resources of a run and the processes behind them: one process a resource. */
export interface ProviderRegistry {
  /** Lifecycle of provider resources themselves: their Check is CheckConfig, their Create configures a process. */
  readonly lifecycle: Provider
  /** Configures the process of a provider resource that stays as it is. */
  activate(state: ResourceState): Promise<void>
  /** The provider behind a reference `<urn>::<id>`; one that only the state knows is started. */
  get(reference: string): Promise<Provider>
  /** Starts a process that will be needed soon, while the program still loads. */
  prestart(packageName: string): void
  /** Tells all processes that running calls should end. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** What the registry needs to know of its surroundings. */
export type RegistryOptions = {
  readonly programDir: string
  readonly open: (packageName: string) => Promise<Plugin>
  /** The provider resource that a reference of the state names. */
  readonly find: (urn: string, id: string) => Promise<ResourceState | undefined>
}

/** Engine-owned keys among a provider's inputs; neither the provider nor its outputs show them. */
const internalKey = '__internal'

/** A registry with no process started yet. */
export function createProviderRegistry(options: RegistryOptions): ProviderRegistry {
  const { programDir, open, find } = options
  const spare = new Map<string, Promise<Plugin>>()
  const started = new Map<string, Promise<Plugin>>()
  const everyPlugin = new Set<Promise<Plugin>>()
  const configured = new Map<string, Promise<Provider>>()

  const start = (packageName: string): Promise<Plugin> => {
    const plugin = spare.get(packageName) ?? open(packageName)
    spare.delete(packageName)
    everyPlugin.add(plugin)
    // Whoever uses it sees the failure; a spare that nobody takes must not end the process.
    plugin.catch(() => {})
    return plugin
  }
  const pluginOf = ({ urn, type }: Target): Promise<Plugin> => {
    let plugin = started.get(urn)
    if (!plugin) {
      plugin = start(packageOfProvider(type))
      started.set(urn, plugin)
    }
    return plugin
  }
  const configure = async (plugin: Promise<Plugin>, { inputs, ...target }: Configuration) => {
    const provider = plugin.then((ready) =>
      configureProvider(ready, { ...target, inputs: visible(inputs) }, programDir),
    )
    configured.set(formatProviderReference(target), provider)
    return provider
  }
  // A provider that no registration of this run mentions: its resources are to be read or deleted.
  const openKnown = async (reference: string): Promise<Provider> => {
    const { urn, id } = parseProviderReference(reference)
    const state = await find(urn, id)
    if (!state) {
      const packageName = packageOfProvider(parseUrn(urn).type)
      throw new ProviderUnavailable(packageName, `no provider resource ${reference}`)
    }
    const plugin = start(packageOfProvider(state.type))
    return configure(plugin, { ...targetOf(state), id, inputs: state.inputs })
  }

  const lifecycle: Provider = {
    async check(target, olds, news) {
      if (containsUnknown(news)) return { inputs: news, failures: [] }
      const plugin = await pluginOf(target)
      const request = new providerProto.CheckRequest()
        .setUrn(target.urn)
        .setName(target.name)
        .setType(target.type)
        .setOlds(toStruct(unwrapSecrets(visible(olds))))
        .setNews(toStruct(unwrapSecrets(visible(news))))
      const answer = await plugin.checkConfig(request)
      if (!answer) return { inputs: news, failures: [] }
      const inputs = restoreSecrets(normalise(fromStruct(answer.getInputs()), programDir), news)
      const internal = news[internalKey]
      return {
        inputs: internal === undefined ? inputs : { ...inputs, [internalKey]: internal },
        failures: answer.getFailuresList().map((failure) => failure.toObject()),
      }
    },
    async diff(target, old, news) {
      const unknown = {
        changes: 'unknown',
        replaceKeys: [],
        changedKeys: [],
        stableKeys: [],
        deleteBeforeReplace: false,
        detailedDiff: undefined,
      } as const
      if (containsUnknown(news)) return { ...unknown, changes: 'some' }
      const plugin = await pluginOf(target)
      const request = new providerProto.DiffRequest()
        .setUrn(target.urn)
        .setName(target.name)
        .setType(target.type)
        .setId(old.id)
        .setOlds(toStruct(unwrapSecrets(visible(old.outputs))))
        .setOldInputs(toStruct(unwrapSecrets(visible(old.inputs))))
        .setNews(toStruct(unwrapSecrets(visible(news))))
      const answer = await plugin.diffConfig(request)
      return answer ? readDiff(answer) : unknown
    },
    async create(target, inputs, { preview }) {
      const id = preview ? unknownValue : randomUUID()
      await configure(pluginOf(target), { ...target, id, inputs })
      return { id, outputs: visible(inputs) }
    },
    async update(target, old, inputs) {
      await configure(pluginOf(target), { ...target, id: old.id, inputs })
      return { id: old.id, outputs: visible(inputs) }
    },
    // Resources of this provider may still be due for deletion; the process ends with the run.
    delete: async () => {},
    read: async (_target, id, known) => ({ id, inputs: known.inputs, outputs: known.outputs }),
    invoke: async () => {
      throw new Error('a provider resource answers no invoke')
    },
    list: async () => [],
    schema: async () => '{}',
  }

  return {
    lifecycle,
    async activate(state) {
      const target = targetOf(state)
      await configure(pluginOf(target), { ...target, id: state.id ?? '', inputs: state.inputs })
    },
    get(reference) {
      let provider = configured.get(reference)
      if (!provider) {
        provider = openKnown(reference)
        configured.set(reference, provider)
      }
      return provider
    },
    prestart(packageName) {
      if (spare.has(packageName)) return
      const plugin = start(packageName)
      spare.set(packageName, plugin)
    },
    async cancel() {
      await each(everyPlugin, (plugin) => plugin.cancel())
    },
    async close() {
      await each(everyPlugin, async (plugin) => {
        await plugin.cancel().catch(() => {})
        await plugin.close()
      })
    },
  }
}

/** The target of calls about a state. */
export function targetOf({ urn, type }: { readonly urn: string; readonly type: string }): Target {
  return { urn, type, name: parseUrn(urn).name }
}

// A process that never came up has nothing to be told or closed.
async function each(
  plugins: Iterable<Promise<Plugin>>,
  act: (plugin: Plugin) => Promise<void>,
): Promise<void> {
  await Promise.all(
    [...plugins].map(async (starting) => {
      const plugin = await starting.catch(() => undefined)
      if (plugin) await act(plugin).catch(() => {})
    }),
  )
}

function visible(inputs: PropertyMap): PropertyMap {
  if (!(internalKey in inputs)) return inputs
  const { [internalKey]: _, ...others } = inputs
  return others
}
