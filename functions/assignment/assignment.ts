import type { HttpResponseInit } from '@azure/functions'
import { type AssignmentRequest, assignmentRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import type { Webhook } from '../webhook.ts'
import { type Decision, decide } from './instruction.ts'

/** `POST /assignment`: a worker is reserved, TaskRouter asks what to do. */
export async function assignment(webhook: Webhook, services: Services): Promise<HttpResponseInit> {
  const request = assignmentRequest.parse(webhook.parameters)
  const decision = decide(request, services.settings)
  if (decision.misconfigured) {
    await report(request, decision.misconfigured, services)
  }
  return reply(decision)
}

/** `POST /assignment-fallback`: the same decision where the other one failed, without touching the store. */
export function assignmentFallback(webhook: Webhook, services: Services): HttpResponseInit {
  return reply(decide(assignmentRequest.parse(webhook.parameters), services.settings))
}

function reply({ instruction }: Decision): HttpResponseInit {
  return {
    body: JSON.stringify(instruction),
    headers: { 'content-type': 'application/json' },
  }
}

async function report(
  { WorkerSid, WorkerName = WorkerSid }: AssignmentRequest,
  reason: string,
  { log, now, schedule }: Services,
): Promise<void> {
  log.error('worker.misconfigured', { workerSid: WorkerSid, reason })
  await schedule(now(), {
    kind: 'report-worker',
    workerSid: WorkerSid,
    workerName: WorkerName,
    reason,
  })
}
