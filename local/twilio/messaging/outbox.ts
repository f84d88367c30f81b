import type { Timer } from '../../clock.ts'
import type { Context } from '../context.ts'
import type { TextsOutcome } from '../contract.ts'
import { failureTexts, messageCodes } from './codes.ts'
import { type MessageRow, messageFields } from './message.ts'
import type { MessageStore } from './message-store.ts'
import type { OptOuts } from './opt-outs.ts'
import type { Senders } from './senders.ts'
import { createSendingLines } from './sending-lines.ts'

/** Messages on their way out, one after another from each number. */
export interface Outbox {
  /** Sends a stored message: `accepted`, `scheduled` or `queued`, or further on its way when it comes from a snapshot. */
  send(row: MessageRow): void
  /** Segments that wait at a number, in seconds of its sending. */
  backlogSeconds(from: string): number
  /** Until when a number is busy, or since when it has been free; 0 when it has never sent. */
  busyUntil(from: string): number
  cancel(row: MessageRow): MessageRow
  /** One change of a message, told to its status callback. */
  move(row: MessageRow, changes: Partial<MessageRow>): MessageRow
  close(): void
}

/** What the outbox needs. */
export type OutboxOptions = {
  readonly context: Context
  readonly messages: MessageStore
  readonly senders: Senders
  readonly optOuts: OptOuts
  /** Message segments that one number sends in a second. */
  readonly segmentsPerSecond: number
  /** What becomes of a text at the phone that it is for. */
  readonly outcomeAt: (address: string) => TextsOutcome
  /** Hears of each change, before the status callback does. */
  readonly moved: (row: MessageRow) => void
  /** Hands it to the phone, or to the number, that it is for. */
  readonly deliver: (row: MessageRow) => void
}

/** A number's queue holds what it sends in ten hours: https://www.twilio.com/docs/api/errors/30001 */
export const LONGEST_BACKLOG_SECONDS = 10 * 60 * 60

// From the sending number to the carrier, and on to the phone.
const SENDING_MS = 200
const DELIVERY_MS = 800

/** Nothing on its way. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { context, messages, senders, optOuts } = options
  const { clock, webhooks, alerts, live, accountSid } = context
  const timers = new Map<string, Timer>()
  const lines = createSendingLines({ clock, segmentsPerSecond: options.segmentsPerSecond, take })

  const after = (sid: string, at: number, act: (row: MessageRow) => void) => {
    const timer = clock.schedule(at, () => {
      timers.delete(sid)
      const row = messages.get(sid)
      if (row) act(row)
    })
    timers.set(sid, timer)
  }
  const outbox: Outbox = {
    send(row) {
      const now = clock.now()
      switch (row.status) {
        case 'scheduled':
          return after(row.sid, row.sendAt ?? now, assign)
        case 'accepted':
          return after(row.sid, now, assign)
        case 'queued':
          return lines.add(row)
        case 'sending':
          return after(row.sid, now, pass)
        case 'sent':
          return after(row.sid, now, arrive)
        default:
          return
      }
    },
    backlogSeconds: (from) => Math.max(0, lines.busyUntil(from) - clock.now()) / 1_000,
    busyUntil: lines.busyUntil,
    cancel(row) {
      lines.remove(row)
      timers.get(row.sid)?.cancel()
      timers.delete(row.sid)
      return outbox.move(row, { status: 'canceled' })
    },
    move(row, changes) {
      const next = messages.put({ ...row, ...changes, dateUpdated: clock.now() })
      options.moved(next)
      if (next.status === 'failed' || next.status === 'undelivered') show(next)
      if (next.status !== 'sending') tell(next)
      return next
    },
    close() {
      for (const timer of timers.values()) timer.cancel()
      timers.clear()
      lines.close()
    },
  }
  return outbox

  /** The messaging service chooses the number. */
  function assign(row: MessageRow): void {
    const service = senders.service(row.messagingServiceSid ?? '')
    const from = row.from ?? (service && senders.choose(service, row.to))
    if (!from) fail(row, messageCodes.emptyService)
    else if (outbox.backlogSeconds(from) > LONGEST_BACKLOG_SECONDS) {
      fail({ ...row, from }, messageCodes.queueOverflow)
    } else lines.add(outbox.move(row, { from, status: 'queued' }))
  }

  /** A message's turn at its number; false when it does not take it, since it is not sent. */
  function take({ sid }: MessageRow): boolean {
    const row = messages.get(sid)
    if (!row) return false
    if (row.validUntil !== null && clock.now() > row.validUntil) {
      fail(row, messageCodes.expired)
      return false
    }
    // Its receiver may have sent STOP while it waited.
    if (!row.answersKeyword && optOuts.has(optOutKey(row), row.to)) {
      fail(row, messageCodes.unsubscribed)
      return false
    }
    outbox.move(row, { status: 'sending' })
    after(sid, clock.now() + SENDING_MS, pass)
    return true
  }

  function optOutKey({ messagingServiceSid, from }: MessageRow): string {
    return messagingServiceSid ?? senders.optOutKey(from ?? '')
  }

  function fail(row: MessageRow, errorCode: number): void {
    outbox.move(row, { status: 'failed', errorCode })
  }

  /** Over to the carrier. */
  function pass(row: MessageRow): void {
    const sent = outbox.move(row, { status: 'sent', dateSent: clock.now() })
    after(sent.sid, clock.now() + DELIVERY_MS, arrive)
  }

  function arrive(row: MessageRow): void {
    const errorCode = errorOf(options.outcomeAt(row.to))
    if (errorCode !== null) {
      outbox.move(row, { status: 'undelivered', errorCode })
      return
    }
    const delivered = outbox.move(row, { status: 'delivered' })
    options.deliver(delivered)
    show(delivered)
  }

  // What a text says is for its reader, and not for the feed.
  function show({ sid, status, from, to, errorCode }: MessageRow): void {
    if (!live.watched) return
    const text =
      errorCode === null
        ? `${to} gets a text from ${from}`
        : `a text from ${from ?? 'a messaging service'} to ${to} is ${status}: ${failureTexts[errorCode]} (${errorCode})`
    const data = { messageSid: sid }
    live.emit({ at: clock.now(), kind: 'message', name: `message.${status}`, text, data })
  }

  function tell(row: MessageRow): void {
    const { statusCallback: url } = row
    if (!url) return
    const fields = {
      ...messageFields(row, accountSid),
      MessageStatus: row.status,
      SmsStatus: row.status,
      ...(row.errorCode !== null && { ErrorCode: String(row.errorCode) }),
    }
    const purpose = 'message status callback'
    webhooks.notify({ purpose, url, fields }, row.sid, (result) => {
      if (result.kind === 'failed') alerts.add(result.code, `${purpose} ${url}: ${result.reason}`)
      else if (result.status >= 400) {
        alerts.add(11200, `${purpose} ${url}: the answer was ${result.status}`)
      }
    })
  }
}

function errorOf(outcome: TextsOutcome): number | null {
  switch (outcome) {
    case 'deliver':
      return null
    case 'unreachable':
      return messageCodes.unreachable
    case 'blocked':
      return messageCodes.blocked
    case 'unknown':
      return messageCodes.unknownHandset
    case 'landline':
      return messageCodes.landline
    case 'filtered':
      return messageCodes.filtered
    default:
      throw new Error(`no such outcome: ${outcome satisfies never}`)
  }
}
