import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { parseProviderReference } from '../values/urn.ts'
import { announceDeletions, noteDeletions } from './deletion-notes.ts'
import { dependencyUrns } from './dependents.ts'
import { callsDelete, executeStep, StepFailed } from './execute-step.ts'
import { failRun, type Run, say } from './run.ts'
import type { Step } from './step.ts'

/** Deletes what the run leaves behind: replaced objects first in line, then everything no longer declared. */
export async function deleteLeftovers(run: Run, keeps: (urn: string) => boolean): Promise<void> {
  const leftovers = run.store.snapshot
    .remaining()
    .filter(({ state }) => state.delete || !keeps(state.urn))
  // Replaced objects and others are deleted together, each layer when nothing depends on it any more.
  await deleteAll(run, leftovers)
}

/** Deletes resources, dependents before what they depend on. */
export async function deleteAll(run: Run, condemned: readonly Entry[]): Promise<void> {
  const going = new Set(
    condemned.filter(({ state }) => !state.delete).map(({ state }) => state.urn),
  )
  const planned = condemned.filter(
    (entry) => (!entry.state.protect || entry.state.delete) && !deletionStep(entry, going).retained,
  )
  await (run.preview ? noteDeletions(run, planned) : announceDeletions(run, planned))
  // What a failed deletion still needs has to stay as well.
  const needed = new Set<string>()
  const spare = ({ state }: Entry) => {
    for (const urn of dependencyUrns(state)) needed.add(urn)
  }
  for (const layer of deletionLayers(condemned)) {
    await Promise.all(
      layer.map(async (entry) => {
        if (run.halt.reason === 'canceled') return
        if (needed.has(entry.state.urn) && !entry.state.delete) return spare(entry)
        if (entry.state.protect && !entry.state.delete) {
          refuseProtected(run, entry.state.urn)
          return spare(entry)
        }
        if (run.halt.reason) return
        try {
          await executeStep(run, deletionStep(entry, going))
        } catch (error) {
          spare(entry)
          if (!(error instanceof StepFailed && run.halt.reason))
            failRun(run, error, entry.state.urn)
        }
      }),
    )
  }
}

/** Layers of resources: nothing condemned depends on a member of the first, and so on. */
export function deletionLayers(condemned: readonly Entry[]): readonly (readonly Entry[])[] {
  const byUrn = new Map<string, Entry[]>()
  const children = new Map<string, Entry[]>()
  for (const entry of condemned) {
    push(byUrn, entry.state.urn, entry)
    if (entry.state.parent) push(children, entry.state.parent, entry)
  }
  const dependents = new Map<Entry, number>(condemned.map((entry) => [entry, 0]))
  const needs = new Map<Entry, Set<Entry>>()
  for (const entry of condemned) {
    const needed = neededBy(entry, byUrn, children)
    needs.set(entry, needed)
    for (const other of needed) dependents.set(other, (dependents.get(other) ?? 0) + 1)
  }
  const layers: Entry[][] = []
  let left = condemned
  while (left.length > 0) {
    const free = left.filter((entry) => dependents.get(entry) === 0)
    // A circle cannot come from an intact state; should one exist, deleting it at once beats never ending.
    const layer = free.length > 0 ? free : [...left]
    const taken = new Set(layer)
    for (const entry of layer) {
      for (const other of needs.get(entry) ?? []) {
        dependents.set(other, (dependents.get(other) ?? 1) - 1)
      }
    }
    layers.push(layer)
    left = left.filter((entry) => !taken.has(entry))
  }
  return layers
}

function neededBy(
  entry: Entry,
  byUrn: ReadonlyMap<string, readonly Entry[]>,
  children: ReadonlyMap<string, readonly Entry[]>,
): Set<Entry> {
  const { state } = entry
  const needed = new Set<Entry>()
  const provider = state.provider ? parseProviderReference(state.provider) : undefined
  for (const urn of dependencyUrns(state)) {
    for (const other of byUrn.get(urn) ?? []) {
      if (urn === provider?.urn && other.state.id !== provider.id) continue
      needed.add(other)
    }
    // To depend on a component is to depend on what it is made of; being its child is not depending on it.
    if (urn !== state.parent) addChildren(urn, children, needed)
  }
  needed.delete(entry)
  return needed
}

function addChildren(
  urn: string,
  children: ReadonlyMap<string, readonly Entry[]>,
  needed: Set<Entry>,
): void {
  for (const child of children.get(urn) ?? []) {
    if (needed.has(child)) continue
    needed.add(child)
    if (!child.state.custom) addChildren(child.state.urn, children, needed)
  }
}

function deletionStep(old: Entry, going: ReadonlySet<string>): Step {
  const { state } = old
  const { urn } = state
  if (state.pendingReplacement && !state.delete) return { op: 'remove-pending-replace', urn, old }
  const op = state.external ? 'discard' : 'delete'
  const withIt = Boolean(state.deletedWith && going.has(state.deletedWith))
  const retained = (state.retainOnDelete === true || withIt) && callsDelete(state)
  if (state.delete) {
    return { op: state.external ? 'discard-replaced' : 'delete-replaced', urn, old, retained }
  }
  return { op, urn, old, retained }
}

function refuseProtected(run: Run, urn: string): void {
  run.verdict.failed = true
  say(
    run,
    'error',
    `resource "${urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\`, or use the command:\n\`pulumi state unprotect ${urn}\``,
    urn,
  )
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key)
  if (list) list.push(entry)
  else map.set(key, [entry])
}

/** Whether a state is one that a refresh asks a provider about. */
export function isManaged(state: ResourceState): boolean {
  return state.custom && !state.pendingReplacement && !state.type.startsWith('pulumi:providers:')
}
