import {
  type FlowDefinition,
  flowDocument,
  parseFlow,
  referenceKinds,
  widgetIndexOf,
} from '../../schemas/index.ts'
import { closestName } from '../centre/closest-name.ts'
import { checkFlow } from './check-flow.ts'
import { createReport, type FlowProblem } from './flow-problem.ts'
import { referencesIn, replaceReferences, standInFor } from './flow-references.ts'

/**
 * What is wrong with a flow as `studio-flows/` holds it, before it is known what its references stand for. Takes any value; the first
 * kind of fault that is found hides the next, which would only repeat it.
 */
export function checkFlowSource(document: unknown): readonly FlowProblem[] {
  const misshapen = checkShape(document)
  if (misshapen.length > 0) return misshapen
  const definition = parseFlow(document)
  return [...checkReferences(definition), ...checkFlow(replaceReferences(definition, standInFor))]
}

function checkShape(document: unknown): readonly FlowProblem[] {
  const report = createReport()
  for (const problem of flowDocument.problems(document)) {
    // Which branch of the schema a widget failed says nothing besides what it failed on.
    if (problem.message.startsWith('must match "then" schema')) continue
    const [, what = '', remedy = 'give it the form that Studio exports'] =
      /^(.*?)(?: \((.*)\))?$/s.exec(problem.message) ?? []
    report.error(
      { path: problem.path, widget: nameAt(document, widgetIndexOf(problem)) },
      what,
      remedy,
    )
  }
  return report.problems
}

function checkReferences(definition: FlowDefinition): readonly FlowProblem[] {
  const report = createReport()
  for (const { path, widget, text, reference } of referencesIn(definition)) {
    if (reference) continue
    const [, kind = '', name = ''] = /^\$\{(\w+)(\.[\w.-]+)\}$/.exec(text) ?? []
    const meant = closestName(kind, referenceKinds)
    const right = meant
      ? `did you mean \${${meant}${name}}?`
      : `write \${workflow.name}, of these kinds: ${referenceKinds.join(', ')}.`
    const remedy = `${right} For the letters themselves write $${text}`
    report.error({ path, widget }, `“${text}” is no reference`, remedy)
  }
  return report.problems
}

function nameAt(document: unknown, index: number | undefined): string | undefined {
  if (index === undefined) return undefined
  const { states } = document as {
    readonly states: readonly ({ readonly name?: unknown } | null)[]
  }
  const name = states[index]?.name
  return typeof name === 'string' ? name : undefined
}
