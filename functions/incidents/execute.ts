import type { HttpResponseInit } from '@azure/functions'
import {
  continueIncidentRequest,
  type IncidentRoster,
  type StartIncidentRequest,
  startIncidentRequest,
} from '../../schemas/index.ts'
import { RequestRefused } from '../back-office/request-refused.ts'
import { addNotes } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { isTwilioAway } from '../twilio/rest.ts'
import { readExecution } from './execution.ts'
import { forgetLater } from './forget.ts'
import { hearOfEnd } from './hear-of-end.ts'
import type { Incident } from './incident.ts'
import { incidentRows } from './incident-rows.ts'
import { newIncident } from './new-incident.ts'
import { RosterUnreadable, readRoster } from './roster.ts'
import { step } from './step.ts'
import { armSweep } from './sweep.ts'
import { advanceIncident } from './world.ts'

/**
 * `POST /execute`: with `sys_id` and `ticket_no` it starts the hunt for an incident, or answers the one there is; with
 * `flow_execution_id` it goes on from an execution that has ended.
 */
export async function execute(body: unknown, services: Services): Promise<HttpResponseInit> {
  const { incidents } = services.settings.centre
  if (!incidents || services.settings.app.FLOW_SID === undefined) {
    const message = 'are for centres that declare a hunt for incidents; this one does not'
    throw new RequestRefused(409, { path: 'incidents', message })
  }
  if (typeof body === 'object' && body !== null && 'flow_execution_id' in body) {
    return goOnFrom(continueIncidentRequest.parse(body).flow_execution_id, services)
  }
  const parsed = startIncidentRequest.parse(body)
  // The same incident, however it is spelt.
  const request = { ...parsed, sys_id: parsed.sys_id.toLowerCase() }
  const rows = incidentRows(services)
  const before = await rows.read(request.sys_id)
  const isRepeat = before && !(before.row.closed && request.again === 'true')
  if (isRepeat) return describe(before.row, 200, services)
  const roster = await rosterOr(request, services)
  if (!('agent_list' in roster)) return roster
  const now = services.now()
  const hunt = step(newIncident(request, roster, incidents, now), { kind: 'start' }, now)
  await armSweep(services)
  // False: the same incident came twice at this moment, or the storage took it and its answer was lost.
  const created = before ? await rows.restart(hunt, before) : await rows.create(hunt)
  const current = await advanceIncident(hunt.id, [], services)
  return describe(current ?? hunt, created ? 201 : 200, services)
}

async function goOnFrom(executionSid: string, services: Services): Promise<HttpResponseInit> {
  const hunt = await hearOfEnd(executionSid, services)
  if (hunt) return describe(hunt, 200, services)
  return { status: 404, jsonBody: { error: `${executionSid} belongs to no hunt for an incident` } }
}

/** What a hunt has come to, in the words that its callers know; while it lasts, its execution. */
async function describe(
  hunt: Incident,
  status: number,
  services: Services,
): Promise<HttpResponseInit> {
  if (hunt.state === 'accepted' || hunt.state === 'exhausted') {
    const text = hunt.state === 'accepted' ? acceptedText : exhaustedText
    return { status, headers: { 'content-type': 'text/plain' }, body: text }
  }
  const { id, state, why, attempt } = hunt
  const about = { sys_id: id, state, ...(why === null ? {} : { why }) }
  const execution = attempt?.executionSid && (await executionOr(attempt.executionSid, services))
  // Not called yet: Twilio is away, and the hunt comes back to it.
  if (!execution) return { status: status === 201 ? 202 : status, jsonBody: { hunt: about } }
  return { status, jsonBody: { ...execution, hunt: about } }
}

const acceptedText = 'The agent accepted the call'
const exhaustedText = 'No available agents to accept the ticket'

async function executionOr(sid: string, services: Services) {
  try {
    return (await readExecution(sid, services)) ?? { sid }
  } catch (error) {
    if (!isTwilioAway(error)) throw error
    return { sid }
  }
}

async function rosterOr(
  request: StartIncidentRequest,
  services: Services,
): Promise<IncidentRoster | HttpResponseInit> {
  try {
    const roster = await readRoster(services)
    if (roster.agent_list.length > 0) return roster
    return refuse(request, 409, 'The roster has nobody in agent_list', services)
  } catch (error) {
    if (!(error instanceof RosterUnreadable)) throw error
    return refuse(request, 502, error.message, services)
  }
}

/** Nobody can be called: the incident itself says so, once an hour. */
async function refuse(
  { sys_id: id }: StartIncidentRequest,
  status: number,
  error: string,
  services: Services,
): Promise<HttpResponseInit> {
  const at = services.now()
  const key = `roster-${Math.floor(at / 3_600_000)}`
  const work_notes = `Nobody was called about this incident. ${error}.`
  await addNotes(id, [{ key, at, fields: { work_notes } }], services)
  await forgetLater(id, services)
  return { status, jsonBody: { error } }
}
