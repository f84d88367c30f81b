import type { StepResult } from '../planning/step.ts'
import type { OperationResult, Summary } from '../result.ts'
import type { ResourceState } from '../state/resource-state.ts'
import { equalValues, type PropertyMap } from '../values/property-value.ts'
import {
  isDefaultProvider,
  isProviderType,
  parseProviderReference,
  parseUrn,
  rootStackType,
} from '../values/urn.ts'
import { createPaint, type Paint, stepLooks } from './paint.ts'
import { placeRemarks, type Remarks } from './remarks.ts'
import { stepChanges } from './step-changes.ts'
import { renderChanges, renderProperties } from './value-diff.ts'

/** How a plan is shown. */
export type RenderOptions = {
  /** Default: when standard output is a terminal. */
  readonly color?: boolean
}

/** What an operation does or did, as a person reads it: a nested diff, diagnostics, a summary. */
export function renderPlan(result: OperationResult, options: RenderOptions = {}): string {
  const paint = createPaint(options.color)
  const shown = result.steps.filter((step) => isShown(step, result.steps))
  const { remarks, others } = placeRemarks(result, shown)
  const lines = [
    ...renderTree(shown, result.steps, remarks, paint),
    ...renderOutputs(result, paint),
    ...others.map(({ severity, message, urn }) => {
      const about = urn ? `${parseUrn(urn).type} ${parseUrn(urn).name}: ` : ''
      const text = `${severity}: ${about}${message}`
      return severity === 'info' ? text : paint(severity, text)
    }),
    ...renderSummary(result, paint),
  ]
  return lines.join('\n')
}

// A replacement is shown as one entry; a deletion of an original is news only when its replacing is not.
function isShown(step: StepResult, steps: readonly StepResult[]): boolean {
  switch (step.op) {
    case 'same':
    case 'create-replacement':
    case 'read-replacement':
    case 'import-replacement':
      return false
    case 'delete-replaced':
    case 'discard-replaced':
      return !steps.some(({ op, urn }) => op === 'replace' && urn === step.urn)
    case 'refresh':
      return step.refreshed !== 'same' || step.failed === true
    default:
      return !isDefaultProviderStep(step)
  }
}

/** Default providers come and go by themselves; nobody declared them. */
export function isDefaultProviderStep({ urn }: StepResult): boolean {
  return isDefaultProvider(urn)
}

function renderTree(
  shown: readonly StepResult[],
  all: readonly StepResult[],
  remarks: Remarks,
  paint: Paint,
): string[] {
  const states = new Map<string, ResourceState>()
  for (const step of all) {
    const state = step.new ?? step.old
    if (state && !states.has(step.urn)) states.set(step.urn, state)
  }
  const children = new Map<string, string[]>()
  const stepsOf = new Map<string, StepResult[]>()
  const placed = new Set<string>()
  // Every ancestor of what is shown gives it its place.
  const placeUnderParent = (urn: string): void => {
    if (placed.has(urn)) return
    placed.add(urn)
    const parent = states.get(urn)?.parent ?? ''
    const known = parent !== '' && states.has(parent)
    if (known) placeUnderParent(parent)
    const key = known ? parent : ''
    children.set(key, [...(children.get(key) ?? []), urn])
  }
  for (const step of shown) {
    placeUnderParent(step.urn)
    stepsOf.set(step.urn, [...(stepsOf.get(step.urn) ?? []), step])
  }
  const walk = (urn: string, depth: number): string[] => {
    const steps = stepsOf.get(urn)
    const own = steps
      ? steps.flatMap((step) => renderStep(step, depth, remarks.get(step) ?? [], paint))
      : [`${' '.repeat(2 + depth * 4)}  ${title(urn)}`]
    return [...own, ...(children.get(urn) ?? []).flatMap((child) => walk(child, depth + 1))]
  }
  return (children.get('') ?? []).flatMap((urn) => walk(urn, 0))
}

function title(urn: string): string {
  const { type, name } = parseUrn(urn)
  return `${type} ${name}`
}

function renderStep(
  step: StepResult,
  depth: number,
  remarks: readonly string[],
  paint: Paint,
): string[] {
  const op = step.op === 'refresh' ? (step.refreshed ?? 'same') : step.op
  const look = stepLooks[op]
  const indent = 4 + depth * 4
  const notes = [op, ...(step.retained ? ['retain'] : []), ...(step.failed ? ['failed'] : [])].join(
    ', ',
  )
  const head = `${' '.repeat(indent - look.sign.length - 1)}${look.sign} ${title(step.urn)} (${notes})`
  const id = step.old?.id ?? (op === 'import' || op === 'read' ? step.new?.id : undefined)
  return [
    paint(look.tone, head),
    ...(id && step.urn ? [paint('dim', `${' '.repeat(indent + 4)}[id=${id}]`)] : []),
    ...renderProvider(step, indent + 4, paint),
    ...remarks.map((remark) => paint('bold', `${' '.repeat(indent + 4)}• ${remark}`)),
    ...renderBody(step, op, indent + 4, paint),
  ]
}

function renderProvider({ old, new: next }: StepResult, indent: number, paint: Paint): string[] {
  const before = old?.provider && parseProviderReference(old.provider).urn
  const after = next?.provider && parseProviderReference(next.provider).urn
  if (!after || (isDefaultProvider(after) && (!before || before === after))) return []
  const change = before && before !== after ? `${before} => ${after}` : after
  return [paint('dim', `${' '.repeat(indent)}[provider=${change}]`)]
}

function renderBody(step: StepResult, op: string, indent: number, paint: Paint): string[] {
  const { old, new: next } = step
  switch (op) {
    case 'create':
    case 'import':
    case 'read':
      return renderProperties(next?.inputs ?? {}, indent, paint)
    case 'delete':
    case 'delete-replaced':
      // What is deleted is named; whoever wants to know what it was finds it in the state.
      return []
    default:
      return old && next ? renderChanges(stepChanges(step, old, next), indent, paint) : []
  }
}

function renderOutputs({ steps }: OperationResult, paint: Paint): string[] {
  const root = steps.find(({ urn, op }) => parseUrn(urn).type === rootStackType && op !== 'delete')
  if (!root) return []
  const before: PropertyMap = root.old?.outputs ?? {}
  const after: PropertyMap = root.new?.outputs ?? {}
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const changes = names
    .filter((name) => !equalValues(before[name], after[name]))
    .map((name) => ({ name, before: before[name], after: after[name] }))
  return changes.length > 0 ? ['    outputs:', ...renderChanges(changes, 6, paint)] : []
}

/** One line a kind of change, as Pulumi sums up. */
export function renderSummary(result: OperationResult, paint: Paint = createPaint()): string[] {
  const planned = result.kind === 'preview'
  const summary: Summary = countDeclared(result)
  const { same = 0 } = summary
  const lines = Object.entries(stepLooks).flatMap(([op, { sign, tone, plan, done }]) => {
    const count = summary[op as keyof Summary]
    return count && op !== 'same'
      ? [paint(tone, `    ${sign.padEnd(2)} ${count} ${planned ? plan : done}`)]
      : []
  })
  return [
    paint('bold', 'Resources:'),
    ...lines,
    ...(same > 0 || lines.length === 0 ? [`    ${same} unchanged`] : []),
  ]
}

function countDeclared({ steps, summary }: OperationResult): Summary {
  const counts: Record<string, number> = { ...summary }
  for (const step of steps) {
    const counted = step.op in counts && isProviderType(parseUrn(step.urn).type)
    if (counted && isDefaultProviderStep(step)) counts[step.op] = (counts[step.op] ?? 1) - 1
  }
  return counts
}
