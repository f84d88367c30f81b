import type { FlowCondition, FlowState, FlowTransition } from '../../schemas/index.ts'

/** A place on the canvas of Studio’s editor: the left upper corner of a widget, in pixels; y grows downwards. */
export type Place = { readonly x: number; readonly y: number }

/** What a widget covers of the canvas. */
export type Box = Place & { readonly width: number; readonly height: number }

/** An exit as it is drawn: what it is called, and where it leads. */
export type Exit = { readonly label: string; readonly next: string }

const narrowest = 240
const height = 90
const letterWidth = 7
const exitPadding = 18
const longestLabel = 22

/** The exits that lead somewhere; the branches of a split before its `noMatch`, as they are tried. */
export function exitsOf({ transitions }: FlowState): readonly Exit[] {
  const wired = transitions.filter(({ next }) => next)
  const last = wired.filter(({ event }) => event === 'noMatch')
  return [...wired.filter((one) => !last.includes(one)), ...last].map((transition) => ({
    label: shortened(labelOf(transition)),
    next: transition.next ?? '',
  }))
}

/** How wide an exit is drawn. */
export function exitWidth({ label }: Exit): number {
  return exitPadding + letterWidth * label.length
}

/** How large a widget is drawn: as wide as its exits need, in tens. */
export function sizeOf(state: FlowState): Pick<Box, 'width' | 'height'> {
  const exits = exitsOf(state).reduce((sum, exit) => sum + exitWidth(exit), 0)
  return { width: Math.max(narrowest, Math.ceil(exits / 10) * 10), height }
}

/** Where the editor has put a widget; undefined if nowhere. */
export function placeOf({ properties }: FlowState): Place | undefined {
  const { x, y } = (properties['offset'] ?? {}) as Partial<Record<keyof Place, unknown>>
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : undefined
}

function labelOf({ event, conditions = [] }: FlowTransition): string {
  return event === 'match' ? conditions.map(conditionLabel).join(' and ') : event
}

// What the editor fills in for a label says less than the condition.
function conditionLabel({ friendly_name: label, type, value }: FlowCondition): string {
  const usual = label === '' || label === value || label.startsWith('If value ')
  if (!usual) return label
  return type === 'equal_to' ? `= ${value}` : `${type.replaceAll('_', ' ')} ${value}`.trim()
}

function shortened(label: string): string {
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label
}
