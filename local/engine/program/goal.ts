import aliasProto from '@pulumi/pulumi/proto/alias_pb.js'
import type { RegisterResourceRequest } from '@pulumi/pulumi/proto/resource_pb.js'
import { ResourceError, Unsupported } from '../errors.ts'
import type { CustomTimeouts } from '../state/resource-state.ts'
import type { PropertyMap, PropertyValue } from '../values/property-value.ts'
import { fromStruct, normalise } from '../values/wire.ts'

/** Another name under which a resource may be known: a URN, or what differs from its present name. */
export type AliasSpec =
  | { readonly kind: 'urn'; readonly urn: string }
  | {
      readonly kind: 'spec'
      readonly name?: string
      readonly type?: string
      readonly stack?: string
      readonly project?: string
      readonly parentUrn?: string
      readonly noParent?: boolean
    }

/** What the program wants of one resource. */
export type Goal = {
  readonly type: string
  readonly name: string
  readonly custom: boolean
  readonly inputs: PropertyMap
  readonly parent: string
  readonly protect: boolean | undefined
  readonly dependencies: readonly string[]
  /** A reference `<urn>::<id>`; empty means the default provider of the package. */
  readonly provider: string
  readonly propertyDependencies: { readonly [property: string]: readonly string[] }
  /** Undefined leaves the choice to the provider. */
  readonly deleteBeforeReplace: boolean | undefined
  readonly ignoreChanges: readonly string[]
  readonly replaceOnChanges: readonly string[]
  readonly additionalSecretOutputs: readonly string[]
  readonly hideDiff: readonly string[]
  readonly aliases: readonly AliasSpec[]
  readonly importId: string
  readonly customTimeouts: CustomTimeouts
  readonly retainOnDelete: boolean | undefined
  readonly deletedWith: string
  readonly replacementTrigger: PropertyValue | undefined
  readonly version: string
  readonly downloadUrl: string
}

/** A goal that asks for nothing. */
export const emptyGoal: Goal = {
  type: '',
  name: '',
  custom: false,
  inputs: {},
  parent: '',
  protect: undefined,
  dependencies: [],
  provider: '',
  propertyDependencies: {},
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  hideDiff: [],
  aliases: [],
  importId: '',
  customTimeouts: {},
  retainOnDelete: undefined,
  deletedWith: '',
  replacementTrigger: undefined,
  version: '',
  downloadUrl: '',
}

/** Reads a registration; what the engine does not build is refused by name. */
export function readGoal(request: RegisterResourceRequest, programDir: string): Goal {
  refuseUnsupported(request)
  const inputs = normalise(fromStruct(request.getObject()), programDir)
  const dependencies = request.getDependenciesList()
  const trigger = request.getReplacementTrigger()?.toJavaScript() as PropertyValue | undefined
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs,
    parent: request.getParent(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    dependencies,
    provider: request.getProvider(),
    propertyDependencies: readPropertyDependencies(request, inputs, dependencies),
    deleteBeforeReplace: request.getDeletebeforereplacedefined()
      ? request.getDeletebeforereplace()
      : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    hideDiff: request.getHidediffsList(),
    aliases: readAliases(request),
    importId: request.getImportid(),
    customTimeouts: readTimeouts(request),
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith(),
    replacementTrigger:
      trigger === undefined ? undefined : normalise({ trigger }, programDir)['trigger'],
    version: request.getVersion(),
    downloadUrl: request.getPlugindownloadurl(),
  }
}

function refuseUnsupported(request: RegisterResourceRequest): void {
  const refused: readonly (readonly [boolean, string])[] = [
    [request.getRemote(), 'remote components (Construct)'],
    [request.getTransformsList().length > 0, 'transforms'],
    [request.hasHooks(), 'resource hooks'],
    [request.getReplaceWithList().length > 0, 'the option replaceWith'],
    [request.getPackageref() !== '', 'parameterized packages'],
    [request.getStateMigrationsList().length > 0, 'state migrations'],
    [request.getEnvvarmappingsMap().getLength() > 0, 'the option envVarMappings'],
    [request.getSnippetid() !== '', 'snippets'],
  ]
  for (const [used, feature] of refused) if (used) throw new Unsupported(feature)
}

function readPropertyDependencies(
  request: RegisterResourceRequest,
  inputs: PropertyMap,
  dependencies: readonly string[],
): Record<string, readonly string[]> {
  const given = [...request.getPropertydependenciesMap().entries()]
  // A program that says nothing by property may depend on everything with every property.
  return given.length > 0
    ? Object.fromEntries(given.map(([key, property]) => [key, property.getUrnsList()]))
    : Object.fromEntries(Object.keys(inputs).map((key) => [key, dependencies]))
}

function readAliases(request: RegisterResourceRequest): AliasSpec[] {
  const { AliasCase } = aliasProto.Alias
  const structured = request.getAliasesList().map((alias): AliasSpec => {
    if (alias.getAliasCase() === AliasCase.URN) return { kind: 'urn', urn: alias.getUrn() }
    const spec = alias.getSpec()
    return {
      kind: 'spec',
      name: spec?.getName() || undefined,
      type: spec?.getType() || undefined,
      stack: spec?.getStack() || undefined,
      project: spec?.getProject() || undefined,
      parentUrn: spec?.getParenturn() || undefined,
      noParent: spec?.getNoparent() || undefined,
    }
  })
  return [
    ...structured,
    ...request.getAliasurnsList().map((urn) => ({ kind: 'urn', urn }) as const),
  ]
}

function readTimeouts(request: RegisterResourceRequest): CustomTimeouts {
  const given = request.getCustomtimeouts()?.toObject()
  const seconds = (text: string | undefined) => (text ? parseDuration(text, request) : undefined)
  return dropUndefined({
    create: seconds(given?.create),
    update: seconds(given?.update),
    delete: seconds(given?.pb_delete),
    read: seconds(given?.read),
  })
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}

/** Seconds of a Go duration such as `1m30s`. */
function parseDuration(text: string, request: RegisterResourceRequest): number | undefined {
  const parts = [...text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)]
  if (parts.map(([part]) => part).join('') !== text) {
    throw new ResourceError(
      request.getName(),
      `resource ${request.getName()}: customTimeouts holds "${text}", which is no duration; write for example "1m30s"`,
    )
  }
  const total = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (unitSeconds[unit ?? 's'] ?? 1),
    0,
  )
  return total === 0 ? undefined : total
}

function dropUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T
}
