import { checkExits } from './check-exits.ts'
import { checkPaths } from './check-paths.ts'
import { checkTemplates } from './check-templates.ts'
import { checkWidget } from './check-widget.ts'
import { createReport, type FlowProblem, type Report } from './flow-problem.ts'
import { type FlowView, readFlow, type WidgetView } from './flow-view.ts'

const mostSubflows = 150
const mostCallees = 50

/**
 * What is wrong with the definition of a Studio flow: what Studio refuses or cannot run (errors), and what is most likely a mistake
 * (warnings). Takes any value.
 */
export function checkFlow(definition: unknown): readonly FlowProblem[] {
  const report = createReport()
  const flow = readFlow(definition, report)
  if (!flow) return report.problems
  checkNames(flow, report)
  checkStart(flow, report)
  for (const widget of flow.widgets) checkWidget(widget, report)
  checkExits(flow, report)
  checkSubflows(flow, report)
  checkTemplates(flow, report)
  checkPaths(flow, report)
  return report.problems
}

function checkNames({ widgets }: FlowView, report: Report): void {
  const seen = new Map<string, WidgetView>()
  for (const widget of widgets) {
    const other = seen.get(widget.name)
    if (other) {
      const message = `is the name of ${other.path} already`
      report.error({ ...widget, path: `${widget.path}.name` }, message, 'give each its own name')
    } else {
      seen.set(widget.name, widget)
    }
  }
}

function checkStart({ widgets, start }: FlowView, report: Report): void {
  const [trigger, ...others] = widgets.filter(({ type }) => type === 'trigger')
  if (!trigger) {
    const remedy = 'add a widget of type trigger, and name it in initial_state'
    report.error({ path: 'states' }, 'there is no trigger', remedy)
  } else if (start !== trigger.name) {
    const message = `names “${start}”, which is not the trigger`
    report.error({ path: 'initial_state' }, message, `write “${trigger.name}”`)
  }
  for (const { path, widget } of others) {
    report.error(
      { path, widget },
      'is a second trigger',
      'a flow has one: lead its exits on from there',
    )
  }
}

function checkSubflows({ widgets }: FlowView, report: Report): void {
  const uses = widgets.filter(({ type }) => type === 'run-subflow')
  const revisions = new Map<string, string>()
  for (const { path, widget, properties } of uses) {
    const { flow_sid: sid, flow_revision: revision } = properties
    if (typeof sid !== 'string' || typeof revision !== 'string') continue
    if (!/^FW[0-9a-f]{32}$/i.test(sid)) {
      const remedy = 'write the SID of a flow; a template is not filled in here'
      report.error({ path: `${path}.properties.flow_sid`, widget }, `“${sid}” is no flow`, remedy)
    }
    if (!/^(LatestPublished|LatestDraft|\d+)$/.test(revision)) {
      const place = { path: `${path}.properties.flow_revision`, widget }
      const remedy = 'write LatestPublished, LatestDraft or a number'
      report.error(place, `“${revision}” is no revision`, remedy)
    }
    const before = revisions.get(sid)
    if (before !== undefined && before !== revision) {
      const place = { path: `${path}.properties.flow_revision`, widget }
      const message = `runs revision ${revision} of a flow that another widget runs as ${before}`
      report.error(place, message, 'a flow runs one revision of each sub-flow')
    }
    revisions.set(sid, before ?? revision)
  }
  if (uses.length > mostSubflows) {
    const message = `runs sub-flows in ${uses.length} widgets`
    report.error({ path: 'states' }, message, `Studio takes ${mostSubflows}`)
  }
  if (revisions.size > mostCallees) {
    const message = `runs ${revisions.size} different sub-flows`
    report.error({ path: 'states' }, message, `Studio takes ${mostCallees}`)
  }
}
