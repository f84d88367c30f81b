import { equalValues, type PropertyMap, type PropertyValue } from '../values/property-value.ts'
import { rootStackType } from '../values/urn.ts'

/** One resource as the checkpoint keeps it; field names are Pulumi's. */
export type ResourceState = {
  readonly urn: string
  readonly custom: boolean
  /** Condemned: a newer one has taken its place, its deletion is still due. */
  readonly delete?: boolean
  readonly id?: string
  readonly type: string
  readonly inputs: PropertyMap
  readonly outputs?: PropertyMap
  readonly parent?: string
  readonly protect?: boolean
  /** Read, not managed: never updated or deleted. */
  readonly external?: boolean
  readonly dependencies?: readonly string[]
  readonly initErrors?: readonly string[]
  /** `<provider urn>::<provider id>` */
  readonly provider?: string
  readonly propertyDependencies?: { readonly [property: string]: readonly string[] }
  /** Deleted to be made anew, and not made yet. */
  readonly pendingReplacement?: boolean
  readonly additionalSecretOutputs?: readonly string[]
  readonly aliases?: readonly string[]
  /** Seconds by operation. */
  readonly customTimeouts?: CustomTimeouts
  readonly importID?: string
  readonly retainOnDelete?: boolean
  readonly deletedWith?: string
  readonly created?: string
  readonly modified?: string
  readonly sourcePosition?: string
  readonly stackTrace?: PropertyValue
  readonly ignoreChanges?: readonly string[]
  readonly hideDiff?: readonly string[]
  readonly replaceOnChanges?: readonly string[]
  readonly replacementTrigger?: PropertyValue
}

/** Seconds an operation may take. */
export type CustomTimeouts = {
  readonly create?: number
  readonly update?: number
  readonly delete?: number
  readonly read?: number
}

/** What a killed engine was doing to a resource. */
export type PendingOperation = {
  readonly resource: ResourceState
  readonly type: PendingType
}

/** Kinds of operations that a checkpoint names when they did not end. */
export type PendingType = 'creating' | 'updating' | 'deleting' | 'reading' | 'importing'

/** The fields in the order in which Pulumi writes them. */
export const fieldOrder = [
  'urn',
  'custom',
  'delete',
  'id',
  'type',
  'inputs',
  'outputs',
  'parent',
  'protect',
  'external',
  'dependencies',
  'initErrors',
  'provider',
  'propertyDependencies',
  'pendingReplacement',
  'additionalSecretOutputs',
  'aliases',
  'customTimeouts',
  'importID',
  'retainOnDelete',
  'deletedWith',
  'created',
  'modified',
  'sourcePosition',
  'stackTrace',
  'ignoreChanges',
  'hideDiff',
  'replaceOnChanges',
  'replacementTrigger',
] as const satisfies readonly (keyof ResourceState)[]

const alwaysWritten: ReadonlySet<string> = new Set(['urn', 'custom', 'type'])
const uncountedFields: ReadonlySet<string> = new Set([
  'created',
  'modified',
  'sourcePosition',
  'stackTrace',
])
const sealedFields: ReadonlySet<string> = new Set(['inputs', 'outputs', 'replacementTrigger'])

/** The state as checkpoint JSON: fields in order, empty ones left out, property values through `seal`. */
export function writeState(
  state: ResourceState,
  seal: (value: PropertyValue) => PropertyValue,
): Record<string, unknown> {
  const written: Record<string, unknown> = {}
  for (const field of fieldOrder) {
    const value = state[field]
    // The root keeps empty outputs once it has registered them; this is how Pulumi tells the two apart.
    const kept = field === 'outputs' && state.type === rootStackType && value !== undefined
    if (!kept && !alwaysWritten.has(field) && isEmpty(value)) continue
    if (sealedFields.has(field)) written[field] = seal(value as PropertyValue)
    else written[field] = field === 'propertyDependencies' ? sorted(value as object) : value
  }
  return written
}

/** Reads checkpoint JSON whose shape was checked, property values through `open`. */
export function readState(
  json: Record<string, unknown>,
  open: (value: PropertyValue) => PropertyValue,
): ResourceState {
  const state: Record<string, unknown> = { inputs: {}, ...json }
  for (const field of sealedFields) {
    if (state[field] !== undefined) state[field] = open(state[field] as PropertyValue)
  }
  return state as ResourceState
}

/** Whether two states say the same; when they were made and from which line of the program does not count. */
export function equalStates(a: ResourceState, b: ResourceState): boolean {
  return fieldOrder.every((field) => {
    if (uncountedFields.has(field)) return true
    if (isEmpty(a[field]) && isEmpty(b[field]))
      return field !== 'outputs' || !a.outputs === !b.outputs
    return equalValues(a[field] as PropertyValue, b[field] as PropertyValue)
  })
}

/** Everything the state refers to by URN, with the field that does. */
export function references(
  state: ResourceState,
): { readonly field: string; readonly urn: string }[] {
  const found: { field: string; urn: string }[] = []
  if (state.parent) found.push({ field: 'parent', urn: state.parent })
  if (state.deletedWith) found.push({ field: 'deletedWith', urn: state.deletedWith })
  for (const urn of state.dependencies ?? []) found.push({ field: 'dependencies', urn })
  for (const [property, urns] of Object.entries(state.propertyDependencies ?? {})) {
    for (const urn of urns) found.push({ field: `propertyDependencies.${property}`, urn })
  }
  return found
}

/** The state with every URN it refers to passed through `rename`; the same object when nothing changes. */
export function renameReferences(
  state: ResourceState,
  rename: (urn: string) => string,
): ResourceState {
  const end = state.provider?.lastIndexOf('::') ?? -1
  const providerUrn = state.provider?.slice(0, end)
  const used = [...references(state).map(({ urn }) => urn), ...(providerUrn ? [providerUrn] : [])]
  if (used.every((urn) => rename(urn) === urn)) return state
  const propertyDependencies: Record<string, readonly string[]> = {}
  for (const [property, urns] of Object.entries(state.propertyDependencies ?? {})) {
    propertyDependencies[property] = urns.map(rename)
  }
  return {
    ...state,
    ...(state.parent ? { parent: rename(state.parent) } : {}),
    ...(state.deletedWith ? { deletedWith: rename(state.deletedWith) } : {}),
    ...(state.dependencies ? { dependencies: state.dependencies.map(rename) } : {}),
    ...(state.propertyDependencies ? { propertyDependencies } : {}),
    ...(providerUrn ? { provider: rename(providerUrn) + state.provider?.slice(end) } : {}),
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function sorted(map: object): object {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}
