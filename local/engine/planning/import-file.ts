import { readFileSync } from 'node:fs'
import { defineSchema, type Static, Type } from '../../../schemas/index.ts'
import { EngineError, Unsupported } from '../errors.ts'
import { emptyGoal, type Goal } from '../program/goal.ts'
import { targetOf } from '../provider/provider-registry.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { PropertyMap } from '../values/property-value.ts'
import {
  formatProviderReference,
  packageOfType,
  providerType,
  rootStackType,
} from '../values/urn.ts'
import { resolveProvider } from './default-provider.ts'
import { executeStep, withSecrets } from './execute-step.ts'
import { readForImport } from './import-resource.ts'
import { plannedState } from './planned-state.ts'
import { createPlanner, type Planner, urnOfGoal } from './planner.ts'
import { registerResource } from './register-resource.ts'
import { failRun, type Run, say, timestamp } from './run.ts'

const importFile = defineSchema(
  'Import file',
  Type.Object({
    nameTable: Type.Optional(Type.Record(Type.String(), Type.String())),
    resources: Type.Array(
      Type.Object({
        type: Type.String({ minLength: 1 }),
        name: Type.String({ minLength: 1 }),
        id: Type.Optional(Type.String({ minLength: 1 })),
        parent: Type.Optional(Type.String()),
        provider: Type.Optional(Type.String()),
        version: Type.Optional(Type.String()),
        pluginDownloadUrl: Type.Optional(Type.String()),
        logicalName: Type.Optional(Type.String()),
        properties: Type.Optional(Type.Array(Type.String())),
        component: Type.Optional(Type.Boolean()),
        remote: Type.Optional(Type.Boolean()),
      }),
    ),
  }),
)

/** What is asked to be brought under management. */
export type ImportFile = Static<typeof importFile.json>

/** Reads an import file as `pulumi import --file` takes it. */
export function readImportFile(file: string): ImportFile {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new EngineError('import', `${file} is no import file: ${reason}`, { cause })
  }
  return importFile.parse(content)
}

/** How an import is done. */
export type ImportOptions = {
  /** Whether what is imported is protected from deletion. */
  readonly protect: boolean
  readonly providerInputs: (packageName: string) => PropertyMap
}

/** Brings existing objects into the state; everything else in the state is left as it is. */
export async function importAll(
  run: Run,
  { nameTable = {}, resources }: ImportFile,
  { protect, providerInputs }: ImportOptions,
): Promise<void> {
  const planner = createPlanner(run, providerInputs, registerResource)
  const { snapshot } = run.store
  // What is known keeps its place in front of what is new.
  for (const { handle } of snapshot.remaining()) run.store.record({ kind: 'same', handle })
  try {
    const root = await ensureStack(planner)
    const take = async (resource: ImportFile['resources'][number]) => {
      if (run.halt.reason) return
      const parent = resource.parent ? lookUp(nameTable, resource.parent) : root
      await importOne(planner, { ...resource, protect }, parent, nameTable)
    }
    // Components are the parents of others, and have nothing to wait for.
    for (const component of resources.filter((resource) => resource.component)) {
      await take(component)
    }
    const objects = resources.filter(({ component }) => !component)
    assertNamesDiffer(objects)
    const taken = await Promise.allSettled(
      objects.map((object) =>
        take(object).catch((error: unknown) => {
          // What is under way is finished and recorded, nothing new begins.
          run.stop('failed')
          throw error
        }),
      ),
    )
    const failed = taken.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  } catch (error) {
    failRun(run, error)
  }
}

// All begin at once, so that none would find the other.
function assertNamesDiffer(resources: ImportFile['resources']): void {
  const seen = new Set<string>()
  for (const { type, name, logicalName, parent = '' } of resources) {
    const named = `${type} ${logicalName ?? name}`
    const key = `${parent} ${named}`
    if (seen.has(key)) throw new EngineError('import', `the file names ${named} twice`)
    seen.add(key)
  }
}

async function ensureStack(planner: Planner): Promise<string> {
  const { run } = planner
  const goal = { ...emptyGoal, type: rootStackType, name: `${run.project}-${run.stack}` }
  const urn = urnOfGoal(planner, goal)
  if (!run.store.snapshot.current(urn)) {
    await executeStep(run, { op: 'create', urn, new: plannedState(urn, goal, {}) })
  }
  return urn
}

async function importOne(
  planner: Planner,
  resource: ImportFile['resources'][number] & { readonly protect: boolean },
  parent: string,
  nameTable: { readonly [name: string]: string },
): Promise<void> {
  const { run } = planner
  if (resource.remote) throw new Unsupported('the import of remote components')
  const goal: Goal = {
    ...emptyGoal,
    type: resource.type,
    name: resource.logicalName ?? resource.name,
    custom: !resource.component,
    parent,
    protect: resource.protect,
    importId: resource.id ?? '',
    version: resource.version ?? '',
    downloadUrl: resource.pluginDownloadUrl ?? '',
  }
  const urn = urnOfGoal(planner, goal)
  if (run.store.snapshot.current(urn)) {
    throw new EngineError('import', `resource '${urn}' already exists in the stack`)
  }
  if (resource.component) {
    await executeStep(run, {
      op: 'import',
      urn,
      new: plannedState(urn, { ...goal, importId: '' }, {}),
    })
    return
  }
  if (!resource.id) throw new EngineError('import', `resource '${goal.name}' has no id to import`)
  const provider = await findProvider(planner, goal, resource.provider, nameTable)
  const state = await readChecked(planner, urn, { ...goal, provider })
  await executeStep(run, { op: 'import', urn, new: state })
}

async function readChecked(planner: Planner, urn: string, goal: Goal): Promise<ResourceState> {
  const { run } = planner
  const provider = await run.registry.get(goal.provider)
  const read = await readForImport(provider, urn, goal)
  const { inputs, failures } = await provider.check(targetOf(read), read.inputs, read.inputs)
  for (const { property, reason } of failures) {
    say(run, 'warning', property ? `property ${property}: ${reason}` : reason, urn)
  }
  const planned = plannedState(
    urn,
    { ...goal, importId: '' },
    failures.length > 0 ? read.inputs : inputs,
  )
  const now = timestamp()
  return {
    ...planned,
    id: read.id,
    outputs: withSecrets(planned, read.outputs ?? {}),
    created: now,
    modified: now,
  }
}

async function findProvider(
  planner: Planner,
  goal: Goal,
  name: string | undefined,
  nameTable: { readonly [name: string]: string },
): Promise<string> {
  const { snapshot } = planner.run.store
  const packageName = packageOfType(goal.type)
  const type = providerType(packageName)
  // The stack's own default provider is taken as it is: an import changes nothing that exists.
  const urn = name
    ? lookUp(nameTable, name)
    : urnOfGoal(planner, { parent: '', type, name: 'default' })
  const known = snapshot.current(urn)?.state
  if (known) return formatProviderReference({ urn, id: known.id ?? '' })
  if (name) throw new EngineError('import', `provider '${name}' is not a resource of the stack`)
  return resolveProvider(planner, packageName, goal)
}

function lookUp(nameTable: { readonly [name: string]: string }, name: string): string {
  const urn = nameTable[name]
  if (!urn)
    throw new EngineError('import', `the name '${name}' is not in the nameTable of the file`)
  return urn
}
