import { routes } from '../../schemas/index.ts'
import { CommandRefused } from './worker-commands.ts'

/** What an agent does about the own wrap-up. The functions keep its clock, so they are asked. */
export interface WrapUps {
  end(taskSid: string): Promise<void>
  /** Grants the same time again, once; resolves to the new end in ms since the epoch. */
  extend(taskSid: string): Promise<number>
}

/** Wrap-ups over the functions' endpoints, with the key of the back office. */
export function createWrapUps(functionsUrl: string, backOfficeKey: string): WrapUps {
  async function post(command: string, path: string, taskSid: string): Promise<unknown> {
    const answer = await fetch(functionsUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-functions-key': backOfficeKey },
      body: JSON.stringify({ taskSid }),
      signal: AbortSignal.timeout(5_000),
    })
    const body = (await answer.json().catch(() => ({}))) as { error?: unknown; endsAt?: unknown }
    if (answer.ok) return body.endsAt
    const reason = typeof body.error === 'string' ? body.error : `answer ${answer.status}`
    throw new CommandRefused(command, answer.status, reason)
  }
  return {
    async end(taskSid) {
      await post('end the wrap-up', routes.endWrapUp, taskSid)
    },
    async extend(taskSid) {
      const endsAt = await post('extend the wrap-up', routes.extendWrapUp, taskSid)
      return typeof endsAt === 'number' ? endsAt : Date.parse(String(endsAt))
    },
  }
}
