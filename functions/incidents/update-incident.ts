import { createHash } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import { type UpdateIncidentRequest, updateIncidentRequest } from '../../schemas/index.ts'
import { addNotes } from '../service-now/write-notes.ts'
import type { Services } from '../services.ts'
import { forgetLater } from './forget.ts'
import { incidentRows } from './incident-rows.ts'

/**
 * `POST /update_incident`: notes what somebody decided on the phone, for flows that report it themselves. The note is kept and
 * written by a job, so that no call waits for ServiceNow; the same decision again is not written again.
 */
export async function updateIncident(body: unknown, services: Services): Promise<HttpResponseInit> {
  const request = updateIncidentRequest.parse(body)
  const { agent_name: agent, case_status: pressed } = request
  const id = request.sys_id.toLowerCase()
  const hunt = (await incidentRows(services).read(id))?.row
  const winner = hunt?.people[hunt.acceptedBy ?? -1]?.entry.name
  // The hunt itself says so already.
  if (pressed === '1' && winner === agent) return { jsonBody: { sys_id: id, note: null } }
  const at = services.now()
  const key = keyOf(request)
  await addNotes(id, [{ key, at, fields: decisionFields(agent, pressed) }], services)
  if (!hunt) await forgetLater(id, services)
  return { status: 202, jsonBody: { sys_id: id, note: key } }
}

/** What a decision changes in the incident: only `1` is an acceptance. */
export function decisionFields(agent: string, pressed: string): Record<string, string> {
  switch (pressed) {
    case '1':
      return { comments: `Your incident was accepted by ${agent}.`, state: '2' }
    case '2':
      return { work_notes: `${agent} passed the incident on to the next engineer.` }
    case '3':
      return { work_notes: `${agent} escalated the incident.` }
    default:
      return { work_notes: `${agent} did not decide (${pressed}).` }
  }
}

function keyOf({ agent_name, case_status, attempt }: UpdateIncidentRequest): string {
  const text = JSON.stringify(attempt === undefined ? [agent_name, case_status] : [attempt])
  return `update-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
}
