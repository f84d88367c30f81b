import type { Problem } from '../../schemas/index.ts'
import { isRecord } from '../protocol/values.ts'
import type { Names } from '../words/names.ts'

/** A workflow or a task channel that a widget names, and the workspace that it is known to be in. */
type Reference = {
  readonly path: string
  readonly widget: string
  readonly sid: string
  readonly workspaceSid: string
}

/** A task of Flex goes to a workflow over a task channel: both have to be of one workspace. */
export function mixedTasks(definition: unknown, names: Names): readonly Problem[] {
  return statesOf(definition).flatMap((state, i) => {
    const workflow = referenceIn(state, i, 'workflow', names)
    const channel = referenceIn(state, i, 'channel', names)
    if (!workflow || !channel || workflow.workspaceSid === channel.workspaceSid) return []
    const [one, other] = [workflow, channel].map(({ workspaceSid }) => names.nameOf(workspaceSid))
    const message = `${channel.widget}: the task channel is of the workspace ${String(other)}, and the workflow ${String(names.nameOf(workflow.sid))} of ${String(one)}; name a task channel of ${String(one)}`
    return [{ path: channel.path, message }]
  })
}

/** A flow usually hands everybody on to one workspace. */
export function strayWorkflows(definition: unknown, names: Names): readonly Problem[] {
  const all = statesOf(definition).flatMap((state, i) =>
    ['workflow', 'workflow_sid'].flatMap((property) => {
      const reference = referenceIn(state, i, property, names)
      return reference ? [reference] : []
    }),
  )
  const [first, ...others] = all
  return others
    .filter(({ workspaceSid }) => workspaceSid !== first?.workspaceSid)
    .map(({ path, widget, sid, workspaceSid }) => {
      const [here, there] = [first?.workspaceSid, workspaceSid].map((one) => names.nameOf(one))
      const message = `${widget}: the workflow ${String(names.nameOf(sid))} is of another workspace (${String(there)}) than that of ${first?.widget} (${String(here)}); name a workflow of ${String(here)}, unless that is meant`
      return { path, message }
    })
}

function statesOf(definition: unknown): readonly unknown[] {
  const states = isRecord(definition) ? definition['states'] : undefined
  return Array.isArray(states) ? states : []
}

function referenceIn(
  state: unknown,
  index: number,
  property: string,
  names: Names,
): Reference | undefined {
  const { name, type, properties } = isRecord(state) ? state : {}
  const handsOn = type === 'send-to-flex' || type === 'enqueue-call'
  const sid = handsOn && isRecord(properties) ? properties[property] : undefined
  const workspaceSid = typeof sid === 'string' ? names.parentOf(sid) : undefined
  if (typeof sid !== 'string' || workspaceSid === undefined) return undefined
  const path = `definition.states[${index}].properties.${property}`
  return { path, widget: String(name), sid, workspaceSid }
}
