import { widgets as vocabulary } from '../../schemas/index.ts'
import { closestName } from '../centre/closest-name.ts'
import { checkCondition } from './check-condition.ts'
import type { Report } from './flow-problem.ts'
import type { ExitView, FlowView, WidgetView } from './flow-view.ts'

/** What is wrong with where the widgets of a flow lead. */
export function checkExits({ widgets }: FlowView, report: Report): void {
  const names = new Set(widgets.map(({ name }) => name))
  for (const widget of widgets) {
    const seen = new Set<string>()
    for (const exit of widget.exits) {
      checkEvent(widget, exit, seen, report)
      checkNext(exit, names, report)
      checkConditions(widget, exit, report)
      seen.add(exit.event)
    }
    checkShadows(widget, report)
  }
}

function checkEvent(
  { type }: WidgetView,
  { path, widget, event }: ExitView,
  seen: ReadonlySet<string>,
  report: Report,
): void {
  const place = { path: `${path}.event`, widget }
  const known = vocabulary[type]?.events
  if (known && !known.includes(event)) {
    const meant = closestName(event, known)
    const remedy = meant ? `did you mean “${meant}”?` : `it has ${known.join(', ')}`
    report.error(place, `“${event}” is no event of ${type}`, remedy)
  } else if (event !== 'match' && seen.has(event)) {
    report.error(place, `“${event}” leads somewhere twice`, 'keep one of the two')
  }
}

function checkNext(
  { path, widget, event, next }: ExitView,
  names: ReadonlySet<string>,
  report: Report,
): void {
  if (next === '' || names.has(next)) return
  const meant = closestName(next, names)
  const few = [...names].slice(0, 10).join(', ')
  const more = names.size > 10 ? ` and ${names.size - 10} more` : ''
  const remedy = meant ? `did you mean “${meant}”?` : `there are ${few}${more}`
  report.error(
    { path: `${path}.next`, widget },
    `on ${event} it leads to “${next}”, which is no widget`,
    remedy,
  )
}

function checkConditions(
  { type, properties }: WidgetView,
  { path, widget, event, conditions }: ExitView,
  report: Report,
): void {
  const place = { path: `${path}.conditions`, widget }
  if (event !== 'match') {
    if (!conditions || conditions.length === 0) return
    report.error(place, `“${event}” has conditions`, 'only match has them: remove them')
    return
  }
  if (type === 'split-based-on' && (conditions === undefined || conditions.length === 0)) {
    report.error(place, 'a branch has no condition', 'say what it asks, or use noMatch')
  }
  for (const condition of conditions ?? []) {
    checkCondition(condition, report)
    const [text, ...more] = condition.texts
    const at = { path: `${condition.path}.arguments`, widget }
    if (text === undefined || more.length > 0) {
      report.error(at, `compares ${condition.texts.length} texts`, 'write one')
    } else if (typeof properties['input'] === 'string' && text !== properties['input']) {
      report.warn(at, `compares “${text}”, not the input of the split`, 'write the same in both')
    }
  }
}

// Branches are tried in their order, so the second of the same conditions is never taken.
function checkShadows({ exits }: WidgetView, report: Report): void {
  const seen = new Set<string>()
  for (const { path, widget, event, conditions } of exits) {
    if (event !== 'match' || !conditions) continue
    const meaning = JSON.stringify(conditions.map(({ type, value, texts }) => [type, value, texts]))
    if (seen.has(meaning)) {
      report.warn({ path, widget }, 'asks the same as a branch before it', 'remove one of the two')
    }
    seen.add(meaning)
  }
}
