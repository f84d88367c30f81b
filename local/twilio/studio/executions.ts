import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { missing, rowOf } from '../objects/stored.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, conflict } from '../rest/refusal.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import {
  type Call,
  created,
  get,
  noContent,
  ok,
  pathPart,
  post,
  type Route,
} from '../rest/route.ts'
import type { Engine } from './execution/engine.ts'
import type { Execution, StepRecord } from './execution/execution.ts'
import type { ExecutionStore } from './execution/execution-store.ts'
import type { FlowLibrary } from './execution/surroundings.ts'
import { executionBody, executionContextBody, stepBody, stepContextBody } from './execution-body.ts'
import type { FlowRow } from './flows.ts'
import type { StartPace } from './start-pace.ts'

const PATH = '/v2/Flows/{FlowSid}/Executions'
const STATUSES = ['active', 'ended'] as const
// Bytes of both addresses together.
const LONGEST_ADDRESSES = 300
const addressPattern = /^(\+[1-9]\d{1,14}|client:.+|sip:.+|whatsapp:\+\d+|MG[0-9a-f]{32}|\d{3,8})$/i

/** What the endpoints of executions work on. */
export type ExecutionsOptions = {
  readonly context: Context
  readonly rows: Collection<FlowRow>
  readonly flows: FlowLibrary
  readonly store: ExecutionStore
  readonly engine: Engine
  readonly pace: StartPace
}

/** `/Flows/{FlowSid}/Executions`, their steps and contexts. */
export function executionRoutes(options: ExecutionsOptions): readonly Route[] {
  const { context, store, engine, rows } = options
  const { accountSid } = context
  const find = (call: Call, part = 'Sid'): Execution => {
    const execution = store.get(pathPart(call, part))
    if (execution?.flowSid !== pathPart(call, 'FlowSid')) throw missing(call)
    return execution
  }
  const findStep = (call: Call, part: string): readonly [Execution, StepRecord] => {
    const execution = find(call, 'ExecutionSid')
    const step = execution.steps.find(({ sid }) => sid === pathPart(call, part))
    if (!step) throw missing(call)
    return [execution, step]
  }
  const body = (execution: Execution) => executionBody(execution, accountSid)
  return [
    ...resourceRoutes(PATH, {
      list(call) {
        rowOf(call, rows, 'FlowSid')
        const found = store.ofFlow(pathPart(call, 'FlowSid')).filter(filterOf(call))
        return pageV1(call, 'executions', found, body)
      },
      create: (call) => created(body(begin(call, options))),
      fetch: (call) => ok(body(find(call))),
      update(call) {
        const execution = find(call)
        call.form.requiredOneOf('Status', ['ended'])
        engine.end(execution, 'STOPPED')
        return ok(body(execution))
      },
      remove(call) {
        const execution = find(call)
        engine.end(execution, 'STOPPED')
        store.delete(execution.sid)
        return noContent
      },
    }),
    get(`${PATH}/{ExecutionSid}/Context`, (call) =>
      ok(executionContextBody(find(call, 'ExecutionSid'), accountSid)),
    ),
    get(`${PATH}/{ExecutionSid}/Steps`, (call) => {
      const execution = find(call, 'ExecutionSid')
      return pageV1(call, 'steps', execution.steps.toReversed(), (step) =>
        stepBody(execution, step, accountSid),
      )
    }),
    get(`${PATH}/{ExecutionSid}/Steps/{Sid}`, (call) =>
      ok(stepBody(...findStep(call, 'Sid'), accountSid)),
    ),
    get(`${PATH}/{ExecutionSid}/Steps/{StepSid}/Context`, (call) =>
      ok(stepContextBody(...findStep(call, 'StepSid'), accountSid)),
    ),
  ]
}

function begin(call: Call, options: ExecutionsOptions): Execution {
  const { context, rows, flows, store, engine, pace } = options
  const { sid: flowSid } = rowOf(call, rows, 'FlowSid')
  const contact = readAddress(call, 'To')
  const channel = readAddress(call, 'From')
  if (Buffer.byteLength(contact + channel) > LONGEST_ADDRESSES) {
    throw badRequest(`To and From together have more than ${LONGEST_ADDRESSES} bytes`, 81023)
  }
  const text = call.form.text('Parameters')
  const parameters = text ? parseJson('Parameters', text) : {}
  if (!isObject(parameters)) throw badRequest('Parameters must be a JSON object')
  const draft = flows.isTestUser(flowSid, contact)
  const flow = flows.find(flowSid, draft ? 'LatestDraft' : 'LatestPublished')
  if (!flow) throw badRequest(`Flow ${flowSid} has no published revision`)
  const [active] = store.active(flowSid, contact)
  if (active) {
    throw conflict(
      `Execution ${active.sid} is already active for this contact. End it, or wait until it has ended, before another one is started`,
    )
  }
  pace.count()
  return engine.begin({
    flow,
    startedBy: 'request',
    contact,
    channel,
    initiatedBy: context.newSid('RQ'),
    trigger: { to: contact, from: channel, parameters },
    data: parameters,
  })
}

function readAddress({ form }: Call, name: 'To' | 'From'): string {
  const address = form.required(name)
  if (!addressPattern.test(address)) {
    throw badRequest(`${name} '${address}' is neither a number nor another address`, 81023)
  }
  return address
}

function filterOf({ query }: Call): (execution: Execution) => boolean {
  // The documents write `status`, the other parameters begin with a capital.
  const status = query.oneOf('status', STATUSES) ?? query.oneOf('Status', STATUSES)
  const from = query.date('DateCreatedFrom')
  const to = query.date('DateCreatedTo')
  return (execution) =>
    (status === undefined || execution.status === status) &&
    (from === undefined || execution.startedAt >= from) &&
    (to === undefined || execution.startedAt < to)
}

/** The endpoints of test users, which belong to a flow. */
export function testUserRoutes(users: {
  fetch: Route['handle']
  update: Route['handle']
}): readonly Route[] {
  const path = '/v2/Flows/{Sid}/TestUsers'
  return [get(path, users.fetch), post(path, users.update)]
}
