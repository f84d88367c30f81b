import type { HttpResponseInit } from '@azure/functions'
import { wrapUpRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { endWrapUp, extendWrapUp } from './wrap-up.ts'

/** `POST /end-wrap-up`: the agent is done before the time is up. */
export async function endByAgent(body: unknown, services: Services): Promise<HttpResponseInit> {
  const { taskSid } = wrapUpRequest.parse(body)
  const result = await endWrapUp(taskSid, 'agent', services)
  return result === 'unknown' ? unknown(taskSid) : { jsonBody: { taskSid, ended: true } }
}

/** `POST /extend-wrap-up`: the agent needs the same time again; granted once. */
export async function extendByAgent(body: unknown, services: Services): Promise<HttpResponseInit> {
  const { taskSid } = wrapUpRequest.parse(body)
  const extension = await extendWrapUp(taskSid, services)
  if (extension.kind === 'extended') return { jsonBody: { taskSid, endsAt: extension.endsAt } }
  return extension.reason === 'unknown'
    ? unknown(taskSid)
    : { status: 409, jsonBody: { error: `The wrap-up was ${extension.reason}`, taskSid } }
}

function unknown(taskSid: string): HttpResponseInit {
  return { status: 404, jsonBody: { error: `Task ${taskSid} is not in wrap-up` } }
}
