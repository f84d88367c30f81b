import type { PublishedEvent } from '../events/index.ts'
import { isObject } from '../rest/json-parameter.ts'
import { TwilioRefusal } from '../rest/refusal.ts'
import type { InteractionsOptions } from './interactions.ts'

/** An agent who accepts the task of an interaction takes part in its conversation, under the name of the worker. */
export function createAgents({ context, rows, api, conversationUrl }: InteractionsOptions) {
  const { clock, alerts } = context

  async function join(conversation: string, name: string): Promise<void> {
    try {
      await api('POST', `${conversation}/Participants`, { Identity: name })
    } catch (error) {
      if (!(error instanceof TwilioRefusal)) throw error
      alerts.add(error.code, `${name} did not join ${conversation}: ${error.message}`)
    }
  }

  return (event: PublishedEvent): void => {
    if (event.type !== 'com.twilio.taskrouter.reservation.accepted') return
    if (rows.values().next().done) return
    const { payload } = event.data()
    if (!isObject(payload)) return
    const row = rows.byName(String(payload['task_sid']))
    const conversation = row && conversationUrl(row.conversationSid)
    if (conversation) void clock.track(join(conversation, String(payload['worker_name'])))
  }
}
