import type { FlowState } from '../../../../schemas/index.ts'
import { isObject } from '../../rest/json-parameter.ts'
import { flowAddress } from './addresses.ts'
import { contextOf, type Execution, type Frame, sceneOf } from './execution.ts'
import { TemplateError } from './liquid.ts'
import type { Surroundings } from './surroundings.ts'
import type { Step } from './widget.ts'

const LONGEST_REQUEST_MS = 10_000

/** What a step may do to the execution it belongs to. */
export type StepPowers = Pick<Step, 'takeCall' | 'leaveCall'>

/** The step that a frame is in, for its widget. */
export function createStep(
  execution: Execution,
  frame: Frame,
  state: FlowState,
  surroundings: Surroundings,
  powers: StepPowers,
): Step {
  const { context, ports, templates } = surroundings
  const { flowSid } = sceneOf(execution, frame)
  const { stepSid } = frame
  const { properties = {} } = state
  const alert = (code: number, text: string) => alertOf(execution, state.name, code, text, context)
  const fill = (template: string): string => {
    try {
      const values = { ...frame, channel: execution.channel }
      return templates.fill(template, contextOf(execution, sceneOf(execution, frame), values))
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      alert(81018, error.message)
      return ''
    }
  }
  const text = (name: string) => {
    const value = properties[name]
    return typeof value === 'string' ? fill(value) : value === undefined ? '' : String(value)
  }
  return {
    sid: stepSid,
    state,
    execution: {
      sid: execution.sid,
      flowSid: execution.flowSid,
      accountSid: context.accountSid,
      startedBy: execution.startedBy,
      isTestUser: execution.isTestUser,
      contact: execution.contact,
      channel: String(execution.channel['address'] ?? ''),
    },
    isNested: flowSid !== execution.flowSid || execution.frames.length > 1,
    trigger(kind) {
      const values = frame.trigger[kind]
      return isObject(values) ? values : undefined
    },
    get callSid() {
      return execution.callIsOver ? undefined : (execution.callSid ?? undefined)
    },
    get memory() {
      return execution.waiting?.memory
    },
    leadsOn: (event) => state.transitions.some((each) => each.event === event && each.next),
    text,
    integer(name) {
      const written = text(name)
      return /^\s*-?\d+\s*$/.test(written) ? Number(written) : undefined
    },
    boolean(name) {
      const value = properties[name]
      return value === undefined ? undefined : String(value) === 'true'
    },
    pairs(name) {
      const list = properties[name]
      if (!Array.isArray(list)) return []
      return list.filter(isObject).map(({ key, value, type, parse_as_json: parse }) => ({
        key: String(key ?? ''),
        value: fill(String(value ?? '')),
        ...(parse === true ? { type: 'json_object' } : typeof type === 'string' && { type }),
      }))
    },
    fill,
    callbackUrl(event) {
      const query = { FlowEvent: event, ExecutionSid: execution.sid, StepSid: stepSid }
      return `${flowAddress(context.accountSid, execution.flowSid)}?${new URLSearchParams(query)}`
    },
    alert,
    api: ports.api,
    request: ({ asAccount, ...request }) =>
      context.webhooks.send({
        ...request,
        ...(asAccount && { authenticateAs: context.accountSid }),
        budgetMs: LONGEST_REQUEST_MS,
        about: { callSid: execution.callSid ?? undefined },
      }),
    ...powers,
    joinConversation(conversationSid, channel, closesAtEnd = false) {
      execution.closesConversation = closesAtEnd
      execution.conversationSid = conversationSid
      execution.channel = { ...execution.channel, ...channel }
      surroundings.store.moved(execution)
    },
  }
}

/** Adds to the debugger's alerts what happens in an execution. */
export function alertOf(
  { sid, flowSid, callSid }: Execution,
  widget: string,
  code: number,
  text: string,
  { alerts }: Surroundings['context'],
): void {
  const about = callSid === null ? {} : { callSid }
  alerts.add(code, `flow ${flowSid}, execution ${sid}, widget “${widget}”: ${text}`, about)
}
