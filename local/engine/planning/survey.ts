import { EngineError } from '../errors.ts'
import { emptyGoal } from '../program/goal.ts'
import type { ListedObject } from '../provider/provider.ts'
import { isUnimplemented, ProviderCallFailed } from '../provider/rpc-error.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { PropertyMap } from '../values/property-value.ts'
import { createUrn } from '../values/urn.ts'
import { resolveProvider } from './default-provider.ts'
import { createPlanner } from './planner.ts'
import { registerResource } from './register-resource.ts'
import type { Run } from './run.ts'

/** What there is, as a package's default provider tells, beside what the stack has of it. */
export interface Survey {
  /** The resources of the package that the stack manages. */
  readonly resources: readonly ResourceState[]
  /** The stack's components, with the outputs that the program gave them when it last ran. */
  readonly components: readonly ResourceState[]
  /** The package's schema, parsed. */
  readonly schema: unknown
  /** What the provider is configured with; what its environment adds is not in it. Secrets are wrapped. */
  readonly configuration: PropertyMap
  /** Every object of a type, whoever made it; a text says why the provider can't list them. */
  list(type: string, query?: PropertyMap): Promise<readonly ListedObject[] | string>
  /** An object as an import would bring it in; undefined when there is none. */
  read(type: string, id: string): Promise<Imported | undefined>
}

/** What an import knows of an object. Secrets are wrapped. */
export type Imported = { readonly inputs: PropertyMap; readonly outputs: PropertyMap }

/** Opens the package's default provider with the stack's configuration. Nothing is changed or recorded. */
export async function openSurvey(
  run: Run,
  packageName: string,
  providerInputs: (packageName: string) => PropertyMap,
): Promise<Survey> {
  const planner = createPlanner(run, providerInputs, registerResource)
  const reference = await resolveProvider(planner, packageName, emptyGoal)
  const provider = await run.registry.get(reference)
  const { project, stack } = run
  return {
    resources: run.store.snapshot
      .resources()
      .filter(
        ({ type, delete: going, external }) =>
          type.startsWith(`${packageName}:`) && !going && !external,
      ),
    components: run.store.snapshot.resources().filter(({ custom }) => !custom),
    configuration: providerInputs(packageName),
    schema: JSON.parse(await explained(provider.schema())),
    async list(type, query = {}) {
      try {
        return await run.limit(() => provider.list(type, query))
      } catch (error) {
        if (isUnimplemented(error)) return error instanceof Error ? error.message : String(error)
        throw translated(error)
      }
    },
    async read(type, id) {
      const urn = createUrn({ stack, project, parentUrn: '', type, name: 'survey' })
      const target = { urn, type, name: 'survey' }
      const read = await explained(run.limit(() => provider.read(target, id, {}, 0)))
      if (read.id === '' || !read.outputs) return undefined
      return { inputs: read.inputs ?? {}, outputs: read.outputs }
    },
  }
}

async function explained<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw translated(error)
  }
}

function translated(error: unknown): unknown {
  if (!(error instanceof ProviderCallFailed)) return error
  return new EngineError('provider', error.message, { cause: error })
}
