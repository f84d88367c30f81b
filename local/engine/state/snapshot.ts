import type { PropertyMap } from '../values/property-value.ts'
import {
  type PendingOperation,
  type PendingType,
  type ResourceState,
  renameReferences,
} from './resource-state.ts'

/** Names a resource of a snapshot: its place in the base list, or the next number for one put later. */
export type Handle = number

/** One change of the state of a stack. Applied to the snapshot and appended to the journal in the same order. */
export type SnapshotRecord =
  /** A call to a provider is about to be made. */
  | {
      readonly kind: 'begin'
      readonly operation: number
      readonly type: PendingType
      readonly resource: ResourceState
    }
  /** The call ended without a change of the state. */
  | { readonly kind: 'end'; readonly operation: number }
  /** A resource has a new state: `replaces` leaves, `condemns` waits for its deletion, references to `renamed` follow. */
  | {
      readonly kind: 'put'
      readonly state: ResourceState
      readonly replaces?: Handle
      readonly condemns?: Handle
      readonly renamed?: string
      readonly operation?: number
    }
  /** A base resource was seen and is as it was. */
  | { readonly kind: 'same'; readonly handle: Handle }
  /** A resource waits for its deletion, or for being made anew. */
  | {
      readonly kind: 'mark'
      readonly handle: Handle
      readonly mark: 'delete' | 'pendingReplacement'
      readonly operation?: number
    }
  | { readonly kind: 'drop'; readonly handle: Handle; readonly operation?: number }
  | { readonly kind: 'outputs'; readonly handle: Handle; readonly outputs: PropertyMap }

/** A resource in a snapshot. */
export type Entry = { readonly handle: Handle; readonly state: ResourceState }

/** The state of a stack while it changes: a base list, and what finished steps have made of it. */
export interface Snapshot {
  apply(record: SnapshotRecord): Handle | undefined
  /** The base entry that a registration of this URN continues; condemned ones are never meant. */
  old(urn: string): Entry | undefined
  /** The current entry of a URN: finished in this run, else in the base. */
  current(urn: string): Entry | undefined
  /** Base entries that no finished step has taken over, in base order. */
  remaining(): readonly Entry[]
  /** Finished states in finishing order, then the rest of the base. */
  resources(): readonly ResourceState[]
  /** Operations of this run that have begun and not ended. */
  underWay(): readonly PendingOperation[]
}

/** A snapshot that starts from a list of states. */
export function createSnapshot(base: readonly ResourceState[]): Snapshot {
  const entries = new Map<Handle, ResourceState>(base.map((state, handle) => [handle, state]))
  const olds = new Map<string, Handle>()
  base.forEach((state, handle) => {
    if (!state.delete) olds.set(state.urn, handle)
  })
  // A Map keeps the order of insertion, which is the order of finishing.
  const finished = new Map<Handle, ResourceState>()
  const finishedByUrn = new Map<string, Handle>()
  const operations = new Map<number, PendingOperation>()
  const renames = new Map<string, string>()
  let nextHandle = base.length

  const rename = (urn: string): string => {
    let name = urn
    for (let next = renames.get(name); next !== undefined; next = renames.get(name)) name = next
    return name
  }
  const change = (handle: Handle, patch: Partial<ResourceState>) => {
    const list = finished.has(handle) ? finished : entries
    const state = list.get(handle)
    if (state) list.set(handle, { ...state, ...patch })
  }
  const leave = (handle: Handle) => {
    const state = finished.get(handle)
    if (state && finishedByUrn.get(state.urn) === handle) finishedByUrn.delete(state.urn)
    finished.delete(handle)
    entries.delete(handle)
  }

  const snapshot: Snapshot = {
    apply(record) {
      if ('operation' in record && record.kind !== 'begin' && record.operation !== undefined) {
        operations.delete(record.operation)
      }
      switch (record.kind) {
        case 'begin':
          operations.set(record.operation, { resource: record.resource, type: record.type })
          return undefined
        case 'end':
          return undefined
        case 'put': {
          if (record.replaces !== undefined) leave(record.replaces)
          if (record.condemns !== undefined) change(record.condemns, { delete: true })
          if (record.renamed) renames.set(record.renamed, record.state.urn)
          const handle = nextHandle++
          finished.set(handle, record.state)
          finishedByUrn.set(record.state.urn, handle)
          return handle
        }
        case 'same': {
          const state = entries.get(record.handle)
          if (!state) return undefined
          entries.delete(record.handle)
          finished.set(record.handle, state)
          finishedByUrn.set(state.urn, record.handle)
          return record.handle
        }
        case 'mark':
          change(record.handle, { [record.mark]: true })
          return record.handle
        case 'drop':
          leave(record.handle)
          return undefined
        case 'outputs':
          change(record.handle, { outputs: record.outputs })
          return record.handle
        default:
          throw new Error(`no such record: ${JSON.stringify(record satisfies never)}`)
      }
    },
    old(urn) {
      const handle = olds.get(urn)
      const state = handle === undefined ? undefined : base[handle]
      return handle === undefined || !state
        ? undefined
        : { handle, state: entries.get(handle) ?? finished.get(handle) ?? state }
    },
    current(urn) {
      const handle = finishedByUrn.get(urn)
      const state = handle === undefined ? undefined : finished.get(handle)
      if (handle !== undefined && state) return { handle, state }
      const old = snapshot.old(urn)
      return old && entries.has(old.handle) ? old : undefined
    },
    remaining: () => [...entries].map(([handle, state]) => ({ handle, state })),
    resources() {
      const all = [...finished.values(), ...entries.values()]
      return renames.size === 0 ? all : all.map((state) => renameReferences(state, rename))
    },
    underWay: () => [...operations.values()],
  }
  return snapshot
}
