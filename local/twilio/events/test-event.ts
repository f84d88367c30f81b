import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { addressOf } from './sink-configuration.ts'
import type { SinkRow } from './sinks.ts'

/** Sends a webhook sink the event that tests it: an array with one CloudEvent, whose data name the test. */
export function sendTestEvent(context: Context, { sid, sinkType, sinkConfiguration }: SinkRow) {
  const { destination, method } = sinkConfiguration
  if (sinkType !== 'webhook' || typeof destination !== 'string' || method !== 'POST') return
  const { clock, newSid, webhooks, alerts } = context
  const event = {
    specversion: '1.0',
    type: 'com.twilio.eventstreams.test-event',
    source: `/v1/Sinks/${sid}`,
    id: newSid('EZ'),
    dataschema: 'https://events-schemas.twilio.com/EventStreams.TestSinkEvent/1',
    datacontenttype: 'application/json',
    time: isoDate(clock.now()),
    data: { test_id: newSid('') },
  }
  const webhook = {
    purpose: 'test event',
    url: addressOf(sinkConfiguration),
    json: JSON.stringify([event]),
    budgetMs: 5_000,
  }
  webhooks.notify(webhook, sid, (result) => {
    if (result.kind === 'answered' && result.status < 300) return
    const [code, reason] =
      result.kind === 'answered'
        ? [11200, `answered ${result.status}`]
        : [result.code, result.reason]
    alerts.add(code, `sink ${sid}: its test event did not arrive at ${destination}: ${reason}`)
  })
}
