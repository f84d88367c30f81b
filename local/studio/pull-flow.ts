import { isDeepStrictEqual } from 'node:util'
import { completeFlow, type PlacedReference, placeOf, referencesIn } from '../../routing/index.ts'
import type { FlowDefinition } from '../../schemas/index.ts'
import { changesBetween, type FlowChange } from './flow-changes.ts'
import type { FlowSource } from './flow-source.ts'
import { inNames, isKnown, type KnownNames, learnNames } from './known-names.ts'
import { patchBuilt } from './patch-built.ts'
import { patchExport } from './patch-export.ts'

/** What a pull works with. */
export type PullOptions = {
  readonly source: FlowSource
  /** What the account has. */
  readonly live: FlowDefinition
  /** What was deployed last; without it, whatever the source says otherwise than the account counts as changed there. */
  readonly deployed: FlowDefinition | undefined
  /** What a refresh may have recorded since. Where the source says that by now, only what came later is a change. */
  readonly recorded?: FlowDefinition | undefined
  readonly known: KnownNames
  /** The definition that a text of the source makes. */
  readonly evaluate: (text: string) => Promise<FlowDefinition>
}

/** What a pull came to. */
export type Pulled = {
  /** The source with the changes made. */
  readonly text: string
  /** Changes that the text has now. */
  readonly made: readonly FlowChange[]
  /** Changes that it has not: somebody has to make them. */
  readonly left: readonly { readonly change: FlowChange; readonly why: string }[]
  /** References of which nothing tells what they stood for: what they stand for now is taken for that. */
  readonly unseen: readonly PlacedReference[]
  /** The flow of the account in the names of the source. */
  readonly live: FlowDefinition
  /** The flow of the source before. */
  readonly written: FlowDefinition
}

const computed = 'the source computes this'
const changedTwice = 'the source was changed there, too, since it was deployed'
const mostPasses = 5

/** Takes over into the source what was changed in the account, as far as the source consists of plain values; proves each change. */
export async function pullFlow(options: PullOptions): Promise<Pulled> {
  const { source, deployed, evaluate } = options
  const written = completeFlow(source.flow.definition)
  const known = deployed ? learnNames(written, deployed, options.known) : options.known
  const before = baseOf(options, written, known)
  const live = inNames(options.live, written, known)
  const own = changesBetween(before, written)
  const changes = changesBetween(before, live).filter(
    // Pulled before.
    (change) => !own.some((other) => isDeepStrictEqual(change, other)),
  )
  const twice = changes.filter((change) => own.some((other) => collide(change, other)))
  let open = changes.filter((change) => !twice.includes(change))
  const computes = new Set<FlowChange>()
  let text = source.text
  let now = written
  for (let pass = 0; pass < mostPasses && open.length > 0; pass++) {
    const patched = patch(source, text, now, open)
    for (const change of patched.left) computes.add(change)
    text = patched.text
    now = completeFlow(await evaluate(text))
    // A widget that has no place of its own may follow one that was moved.
    open = shifted(now, live, before, written).filter((move) => !leftAlone(move, computes))
  }
  const missing = changesBetween(now, live)
  const proven = (change: FlowChange) => !missing.some((other) => sameSpot(change, other))
  const wanted = changes.filter((change) => !twice.includes(change))
  return {
    text,
    made: wanted.filter(proven),
    left: [
      ...twice.map((change) => ({ change, why: changedTwice })),
      ...wanted.filter((change) => !proven(change)).map((change) => ({ change, why: computed })),
    ],
    unseen: referencesIn(written).filter(
      ({ reference }) => reference && !isKnown(reference, known),
    ),
    live,
    written,
  }
}

function baseOf(
  { deployed, recorded }: PullOptions,
  written: FlowDefinition,
  known: KnownNames,
): FlowDefinition {
  if (!deployed) return written
  const later = recorded && inNames(recorded, written, known)
  const isPulled = later && changesBetween(later, written).length === 0
  return isPulled ? later : inNames(deployed, written, known)
}

function patch(
  { kind, flow }: FlowSource,
  text: string,
  now: FlowDefinition,
  changes: readonly FlowChange[],
): { readonly text: string; readonly left: readonly FlowChange[] } {
  if (kind === 'exported') return { text: patchExport(text, changes), left: [] }
  return patchBuilt(text, flow.name, now, changes)
}

function shifted(
  now: FlowDefinition,
  live: FlowDefinition,
  before: FlowDefinition,
  written: FlowDefinition,
): readonly FlowChange[] {
  const placesIn = ({ states }: FlowDefinition) =>
    new Map(states.map((state) => [state.name, placeOf(state)]))
  const [is, was, own] = [now, before, written].map(placesIn)
  return [...placesIn(live)].flatMap(([widget, place]) => {
    const placedByHand = was?.has(widget) && !isDeepStrictEqual(was.get(widget), own?.get(widget))
    if (!place || !is?.has(widget) || placedByHand) return []
    return isDeepStrictEqual(is.get(widget), place) ? [] : [{ kind: 'move', widget, place }]
  })
}

function leftAlone(move: FlowChange, computes: ReadonlySet<FlowChange>): boolean {
  return [...computes].some((change) => sameSpot(move, change))
}

// Whether two changes are of the same value, and not the same.
function collide(change: FlowChange, other: FlowChange): boolean {
  return sameSpot(change, other) && !isDeepStrictEqual(change, other)
}

function sameSpot(one: FlowChange, other: FlowChange): boolean {
  if ('widget' in one && 'widget' in other && one.widget === other.widget) {
    const whole = ['add', 'remove', 'rename', 'replace']
    if (whole.includes(one.kind) || whole.includes(other.kind)) return true
  }
  return spotOf(one) === spotOf(other)
}

function spotOf(change: FlowChange): string {
  const { kind } = change
  const widget = 'widget' in change ? change.widget : ''
  if (kind === 'property') return `${kind} ${widget} ${change.name}`
  return kind === 'exit' ? `${kind} ${widget} ${change.event}` : `${kind} ${widget}`
}
