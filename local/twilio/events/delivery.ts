import type { Context } from '../context.ts'
import { createTurns, type Turns } from '../webhooks/turns.ts'
import type { Webhook, WebhookResult } from '../webhooks/webhooks.ts'
import type { CloudEvent } from './published-event.ts'
import { addressOf } from './sink-configuration.ts'
import type { SinkRow } from './sinks.ts'

// A sink has five seconds to answer; what it does not take is offered again for four hours.
const ANSWER_MS = 5_000
const GIVEN_UP_MS = 4 * 3_600_000
// Pauses, and how many events travel together, are not told by Twilio's pages.
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 15 * 60_000
const GATHER_MS = 100
const MOST_IN_BATCH = 100
// A sink that is away for hours must not fill the memory of this process.
const MOST_WAITING = 10_000
// Nor may a slow one take the webhooks' connections away from calls.
const MOST_AT_ONCE = 8

/** Carries events to sinks: at least once, in no order, again and again until they are taken. */
export interface Delivery {
  add(sink: SinkRow, event: CloudEvent): void
  close(): void
}

/**
 * Delivery to webhook sinks. Kinesis and Segment are not here: their sinks are kept, and events to them go nowhere.
 * Events that wait do not outlive a restart.
 */
export function createDelivery(
  { clock, webhooks, alerts }: Context,
  isThere: (sinkSid: string) => boolean,
): Delivery {
  const gathering = new Map<string, CloudEvent[]>()
  const waiting = new Map<string, number>()
  const turns = new Map<string, Turns>()
  const overflowing = new Set<string>()
  let closed = false

  const settle = (sid: string, count: number) => {
    const left = (waiting.get(sid) ?? 0) - count
    if (left <= MOST_WAITING / 2) overflowing.delete(sid)
    if (left > 0) waiting.set(sid, left)
    else {
      waiting.delete(sid)
      turns.delete(sid)
    }
  }
  const lose = (sink: SinkRow, batch: readonly CloudEvent[], why: string) =>
    alerts.add(
      11200,
      `sink ${sink.sid}: ${batch.length} ${batch.length === 1 ? 'event' : 'events'} lost: ${why}`,
    )

  const turnsOf = (sid: string) => {
    const its = turns.get(sid) ?? createTurns(MOST_AT_ONCE)
    turns.set(sid, its)
    return its
  }
  // Each batch has an order of its own: one that is slow holds no other back.
  const send = (webhook: Webhook, order: string) =>
    new Promise<WebhookResult>((done) => webhooks.notify(webhook, order, done))

  async function offer(
    sink: SinkRow,
    batch: readonly CloudEvent[],
    since: number,
    tries: number,
  ): Promise<void> {
    const webhook = {
      purpose: 'events',
      url: addressOf(sink.sinkConfiguration),
      json: JSON.stringify(batch),
      budgetMs: ANSWER_MS,
    }
    const result = await turnsOf(sink.sid)(async () => {
      if (closed || !isThere(sink.sid)) return undefined
      return send(webhook, batch[0]?.id ?? sink.sid)
    })
    const fate = result ? fateOf(result) : 'taken'
    const again = clock.now() + Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS)
    if (fate === 'again' && again <= since + GIVEN_UP_MS) {
      clock.schedule(again, () => void offer(sink, batch, since, tries + 1))
      return
    }
    settle(sink.sid, batch.length)
    if (fate === 'taken' || !result) return
    lose(sink, batch, fate === 'refused' ? `${webhook.url} ${said(result)}` : 'not taken in 4 h')
  }

  function flush(sink: SinkRow): void {
    const batch = gathering.get(sink.sid) ?? []
    gathering.delete(sink.sid)
    if (batch.length > 0) void offer(sink, batch, clock.now(), 0)
  }

  return {
    add(sink, event) {
      const { destination, method, batch_events: inBatches } = sink.sinkConfiguration
      if (sink.sinkType !== 'webhook' || typeof destination !== 'string' || method !== 'POST')
        return
      const count = (waiting.get(sink.sid) ?? 0) + 1
      if (count > MOST_WAITING) {
        // One alert for all that follow: they would bury the others.
        if (!overflowing.has(sink.sid)) {
          lose(sink, [event], `${MOST_WAITING} wait already; those that follow are lost, too`)
        }
        overflowing.add(sink.sid)
        return
      }
      waiting.set(sink.sid, count)
      const batch = gathering.get(sink.sid)
      if (inBatches === false) {
        void offer(sink, [event], clock.now(), 0)
      } else if (!batch) {
        gathering.set(sink.sid, [event])
        clock.schedule(clock.now() + GATHER_MS, () => flush(sink))
      } else {
        batch.push(event)
        if (batch.length === MOST_IN_BATCH) flush(sink)
      }
    },
    close() {
      closed = true
      gathering.clear()
    },
  }
}

/** 429, 5xx and silence are tried again; another refusal ends an event. */
function fateOf(result: WebhookResult): 'taken' | 'again' | 'refused' {
  if (result.kind === 'failed') return 'again'
  if (result.status < 300) return 'taken'
  return result.status === 429 || result.status >= 500 ? 'again' : 'refused'
}

function said(result: WebhookResult): string {
  return result.kind === 'answered' ? `answered ${result.status}` : result.reason
}
