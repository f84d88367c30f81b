import { widgets as vocabulary } from '../../schemas/index.ts'
import type { Report } from './flow-problem.ts'
import type { FlowView, WidgetView } from './flow-view.ts'

const onCallsOnly: ReadonlySet<string> = new Set([
  'say-play',
  'gather-input-on-call',
  'connect-call-to',
  'enqueue-call',
  'record-call',
  'record-voicemail',
  'capture-payments',
  'fork-stream',
  'connect-virtual-agent',
  'run-conversation-relay',
])
const starters: ReadonlySet<string> = new Set(['start-conversation', 'resume-conversation'])
// Widgets that carry on at once: a loop of them alone runs until Studio ends it.
const atOnce: ReadonlySet<string> = new Set([
  'split-based-on',
  'set-variables',
  'make-http-request',
  'run-function',
  'send-message',
  'run-subflow',
])
// Exits that are taken when something goes wrong; unwired, the contact is out of the flow.
const mishaps = ['failed', 'fail', 'timeout', 'noMatch', 'deliveryFailure']

/** What a contact meets on its way: a call, none, or either (a sub-flow does not know who calls it). */
type Kind = 'call' | 'other' | 'either'

/** What is wrong with the ways through a flow. Only a flow whose exits all lead somewhere can be judged. */
export function checkPaths({ widgets }: FlowView, report: Report): void {
  const byName = new Map(widgets.map((widget) => [widget.name, widget]))
  const dangles = widgets.some(({ exits }) =>
    exits.some(({ next }) => next !== '' && !byName.has(next)),
  )
  const trigger = widgets.find(({ type }) => type === 'trigger')
  if (!trigger || dangles) return
  checkTrigger(trigger, report)
  const reached = walk(trigger, byName)
  for (const widget of widgets) {
    const kinds = reached.get(widget)
    if (widget === trigger) continue
    if (!kinds) {
      report.warn(widget, 'is never reached', 'lead somewhere to it, or remove it')
      continue
    }
    checkKind(widget, kinds, trigger, report)
    checkMishaps(widget, report)
  }
  checkLoops(widgets, byName, report)
}

function checkTrigger({ path, widget, exits }: WidgetView, report: Report): void {
  if (exits.some(({ next }) => next !== '')) return
  report.warn({ path, widget }, 'leads nowhere', 'say what begins the flow: incomingCall, …')
}

function walk(trigger: WidgetView, byName: ReadonlyMap<string, WidgetView>) {
  const reached = new Map<WidgetView, Set<Kind>>()
  const left: { readonly widget: WidgetView; readonly kind: Kind }[] = []
  const visit = (name: string, kind: Kind) => {
    const widget = byName.get(name)
    if (!widget || reached.get(widget)?.has(kind)) return
    reached.set(widget, (reached.get(widget) ?? new Set()).add(kind))
    left.push({ widget, kind })
  }
  for (const { event, next } of trigger.exits) {
    visit(next, event === 'incomingCall' ? 'call' : event === 'incomingParent' ? 'either' : 'other')
  }
  for (let step = left.pop(); step; step = left.pop()) {
    const { widget, kind } = step
    for (const { event, next } of widget.exits) visit(next, kindAfter(widget, event, kind))
  }
  return reached
}

// Who is called stays on the call; a sub-flow may have called somebody too.
function kindAfter({ type }: WidgetView, event: string, kind: Kind): Kind {
  if (type.startsWith('make-outgoing-call') && event === 'answered') return 'call'
  return type === 'run-subflow' && kind === 'other' ? 'either' : kind
}

function checkKind(
  { path, widget, type }: WidgetView,
  kinds: ReadonlySet<Kind>,
  trigger: WidgetView,
  report: Report,
): void {
  const place = { path, widget }
  if (onCallsOnly.has(type) && kinds.has('other')) {
    const remedy = 'begin with incomingCall, or place a call before it'
    if (kinds.size === 1) report.error(place, `${type} needs a call, and there is none`, remedy)
    else report.warn(place, `${type} needs a call, and on some ways there is none`, remedy)
  }
  if (!starters.has(type)) return
  const byRequest = trigger.exits.some(({ event, next }) => event === 'incomingRequest' && next)
  if (byRequest) return
  const remedy = 'lead the trigger’s incomingRequest to it'
  report.error(place, `${type} works only in flows that the REST API starts`, remedy)
}

function checkMishaps({ path, widget, type, exits }: WidgetView, report: Report): void {
  const wired = new Set(exits.filter(({ next }) => next !== '').map(({ event }) => event))
  const events = vocabulary[type]?.events ?? []
  const unwired = events.filter(
    (event) =>
      !wired.has(event) &&
      (event === 'failedToEnqueue' || (wired.size > 0 && mishaps.includes(event))),
  )
  if (unwired.length === 0) return
  const remedy = 'lead it on, so that nobody falls out of the flow unheard'

  report.warn(
    { path: `${path}.transitions`, widget },
    `leads nowhere on ${unwired.join(', ')}`,
    remedy,
  )
}

function checkLoops(
  widgets: readonly WidgetView[],
  byName: ReadonlyMap<string, WidgetView>,
  report: Report,
): void {
  const state = new Map<WidgetView, 'open' | 'done'>()
  const trail: WidgetView[] = []
  const visit = (widget: WidgetView | undefined): void => {
    if (!widget || !atOnce.has(widget.type) || state.get(widget) === 'done') return
    if (state.get(widget) === 'open') {
      const loop = [...trail.slice(trail.indexOf(widget)), widget].map(({ name }) => name)
      const message = `${loop.join(' → ')} goes round without waiting for anybody`
      report.warn(widget, message, 'Studio ends it after 1000 steps: leave the loop, or wait in it')
      return
    }
    state.set(widget, 'open')
    trail.push(widget)
    for (const { next } of widget.exits) visit(byName.get(next))
    trail.pop()
    state.set(widget, 'done')
  }
  for (const widget of widgets) visit(widget)
}
