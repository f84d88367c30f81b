import { checkFlow, describeFlowProblem, type FlowProblem } from '../../routing/index.ts'
import { mostDefinitionBytes, type Problem } from '../../schemas/index.ts'
import { isRecord, unknownValue } from '../protocol/values.ts'
import type { Names } from '../words/names.ts'
import { mixedTasks, strayWorkflows } from './check-workspaces.ts'

/** What Studio would refuse in a definition, or could not run. */
export function refusals(definition: unknown, names: Names): readonly Problem[] {
  const bytes = Buffer.byteLength(JSON.stringify(definition))
  const size = `has ${bytes} bytes as JSON; Studio takes ${mostDefinitionBytes}. Move a part to a flow of its own, and run it as a sub-flow`
  return [
    ...(bytes > mostDefinitionBytes ? [{ path: 'definition', message: size }] : []),
    ...problemsOf(definition, 'error'),
    ...mixedTasks(definition, names),
  ]
}

/** What is most likely a mistake in a definition. */
export function doubts(definition: unknown, names: Names): readonly Problem[] {
  return [...problemsOf(definition, 'warning'), ...strayWorkflows(definition, names)]
}

function problemsOf(definition: unknown, wanted: FlowProblem['severity']): readonly Problem[] {
  if (isOpen(definition)) return []
  return checkFlow(definition)
    .filter(
      ({ severity, path }) => severity === wanted && valueAt(definition, path) !== unknownValue,
    )
    .map((problem) => ({
      path: problem.path ? `definition.${problem.path}` : 'definition',
      message: describeFlowProblem(problem),
    }))
}

// What a deployment will tell is not judged before.
function valueAt(definition: unknown, path: string): unknown {
  const keys = path.match(/[^.[\]]+/g) ?? []
  return keys.reduce<unknown>(
    (value, key) =>
      Array.isArray(value) ? value[Number(key)] : isRecord(value) ? value[key] : undefined,
    definition,
  )
}

// Which widgets there are, or where they lead, is not known before the deployment.
function isOpen(definition: unknown): boolean {
  if (!isRecord(definition)) return false
  const { states, initial_state: start } = definition
  return [states, start].includes(unknownValue) || itemsOf(states).some(isOpenState)
}

function isOpenState(state: unknown): boolean {
  if (!isRecord(state)) return state === unknownValue
  const { name, type, transitions } = state
  return [name, type, transitions].includes(unknownValue) || itemsOf(transitions).some(isOpenExit)
}

function isOpenExit(exit: unknown): boolean {
  if (!isRecord(exit)) return exit === unknownValue
  return [exit['event'], exit['next']].includes(unknownValue)
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
