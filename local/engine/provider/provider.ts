import type { PropertyMap } from '../values/property-value.ts'

/** The resource a call is about. */
export type Target = { readonly urn: string; readonly name: string; readonly type: string }

/** What Check found wrong. */
export type CheckFailure = { readonly property: string; readonly reason: string }

/** Kinds of change of one property. */
export type DiffKind =
  | 'add'
  | 'add-replace'
  | 'delete'
  | 'delete-replace'
  | 'update'
  | 'update-replace'

/** Changes by property path. */
export type DetailedDiff = {
  readonly [path: string]: { readonly kind: DiffKind; readonly inputDiff: boolean }
}

/** Whether a change is due, and which. */
export type Diff = {
  readonly changes: 'unknown' | 'none' | 'some'
  /** Properties whose change demands a replacement. */
  readonly replaceKeys: readonly string[]
  /** Top-level properties that change. */
  readonly changedKeys: readonly string[]
  readonly stableKeys: readonly string[]
  readonly deleteBeforeReplace: boolean
  readonly detailedDiff: DetailedDiff | undefined
}

/** The outcome of a call that makes or changes an object. */
export type Written = { readonly id: string; readonly outputs: PropertyMap }

/** What a provider read; `id` is empty when the object is gone, absent maps were not answered. */
export type ReadResult = {
  readonly id: string
  readonly inputs: PropertyMap | undefined
  readonly outputs: PropertyMap | undefined
}

/** Olds of a resource as calls want them. */
export type OldState = {
  readonly id: string
  readonly inputs: PropertyMap
  readonly outputs: PropertyMap
}

/** An object that a provider lists, by the id that imports it. */
export type ListedObject = { readonly id: string; readonly name: string }

/** Manages the resources of one package under one configuration. */
export interface Provider {
  check(
    target: Target,
    olds: PropertyMap,
    news: PropertyMap,
  ): Promise<{ readonly inputs: PropertyMap; readonly failures: readonly CheckFailure[] }>
  diff(
    target: Target,
    old: OldState,
    news: PropertyMap,
    ignoreChanges: readonly string[],
  ): Promise<Diff>
  create(
    target: Target,
    inputs: PropertyMap,
    options: { readonly preview: boolean; readonly timeout: number },
  ): Promise<Written>
  update(
    target: Target,
    old: OldState,
    inputs: PropertyMap,
    options: {
      readonly preview: boolean
      readonly timeout: number
      readonly ignoreChanges: readonly string[]
    },
  ): Promise<Written>
  delete(target: Target, old: OldState, timeout: number): Promise<void>
  read(
    target: Target,
    id: string,
    known: { readonly inputs?: PropertyMap; readonly outputs?: PropertyMap },
    timeout: number,
  ): Promise<ReadResult>
  invoke(
    token: string,
    args: PropertyMap,
    preview: boolean,
  ): Promise<{ readonly result: PropertyMap; readonly failures: readonly CheckFailure[] }>
  /** Every object of a type that there is, whoever made it. */
  list(token: string, query: PropertyMap): Promise<readonly ListedObject[]>
  /** The package's schema, as JSON. */
  schema(): Promise<string>
}
