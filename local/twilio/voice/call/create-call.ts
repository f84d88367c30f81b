import type { Clock } from '../../../clock.ts'
import type { LiveFeed } from '../../live-feed.ts'
import type { CookieJar } from '../../webhooks/cookie-jar.ts'
import { createScope, type OpenScope } from '../scope.ts'
import { createSignal } from '../signal.ts'
import type { Call, CallEnd, CallOptions, CallStatus, EndStatus } from './call.ts'

/** What a leg needs of the local Twilio. */
export type CallDependencies = {
  readonly clock: Clock
  readonly live: LiveFeed
  readonly cookies: CookieJar
}

const SIP_CODES: Readonly<Record<EndStatus, number>> = {
  completed: 200,
  busy: 486,
  'no-answer': 487,
  failed: 404,
  canceled: 487,
}

/** A leg that is queued or rings, with nobody occupying it yet. */
export function createCall(options: CallOptions, { clock, live, cookies }: CallDependencies): Call {
  const { sid, from, to, direction, parent = null } = options
  const signals = {
    rang: createSignal<void>(),
    answered: createSignal<void>(),
    ended: createSignal<CallEnd>(),
    keys: createSignal<string>(),
    words: createSignal<string>(),
  }
  const createdAt = clock.now()
  let status: CallStatus = options.status
  let updatedAt = createdAt
  let answeredAt: number | null = null
  let endedAt: number | null = null
  let end: CallEnd | null = null
  let occupant: OpenScope | null = null
  let limitTimer: { cancel(): void } | null = null
  let limitSeconds: number | null = null

  const move = (to: CallStatus) => {
    status = to
    updatedAt = clock.now()
  }
  const armLimit = () => {
    limitTimer?.cancel()
    if (limitSeconds === null || answeredAt === null || end) return
    limitTimer = clock.schedule(answeredAt + limitSeconds * 1_000, () => {
      call.tell('call.limit', `the time limit of ${limitSeconds} s is reached`)
      call.hangUp('completed')
    })
  }

  const call: Call = {
    sid,
    from,
    to,
    direction,
    parent,
    phoneNumberSid: options.phoneNumberSid ?? null,
    extraFields: options.extraFields ?? {},
    createdAt,
    queueMs: options.queueMs ?? 0,
    cookies,
    who: direction === 'inbound' && !parent ? 'caller' : to,
    storySid: (options.storyOf ?? parent)?.storySid ?? sid,
    progress: options.progress ?? null,
    fallback: options.fallback ?? null,
    answeredBy: null,
    doing: null,
    get status() {
      return status
    },
    get updatedAt() {
      return updatedAt
    },
    get answeredAt() {
      return answeredAt
    },
    get endedAt() {
      return endedAt
    },
    get end() {
      return end
    },
    limit: {
      set(seconds) {
        limitSeconds = seconds
        armLimit()
      },
    },
    ...signals,
    press: (key) => signals.keys.emit(key),
    speak: (text) => signals.words.emit(text),
    ring() {
      if (status !== 'queued') return
      move('ringing')
      signals.rang.emit()
    },
    answer() {
      if (status !== 'queued' && status !== 'ringing') return
      move('in-progress')
      answeredAt = clock.now()
      armLimit()
      signals.answered.emit()
    },
    hangUp(as, sipCode = SIP_CODES[as]) {
      if (end) return
      move(as)
      endedAt = clock.now()
      end = { status: as, sipCode }
      limitTimer?.cancel()
      call.doing = null
      call.tell('call.ended', `${call.who} ${endText(as)}`, { status: as })
      occupant?.end('hung-up')
      occupant = null
      signals.ended.emit(end)
      // What is over tells nobody anything any more: it is kept for its facts, and not with all who listened.
      for (const signal of Object.values(signals)) signal.clear()
    },
    abandon() {
      if (end) return
      move('canceled')
      end = { status: 'canceled', sipCode: SIP_CODES.canceled }
      limitTimer?.cancel()
      occupant?.end('stopped')
    },
    occupy() {
      const before = occupant
      const scope = createScope(clock)
      occupant = scope
      before?.end('redirected')
      if (end) scope.end('hung-up')
      return scope
    },
    tell(name, text, data) {
      if (!live.watched) return
      const detail = { ...data, ...(call.storySid === sid ? {} : { legSid: sid }) }
      live.emit({
        at: clock.now(),
        kind: 'call',
        callSid: call.storySid,
        name,
        text,
        ...(Object.keys(detail).length > 0 ? { data: detail } : {}),
      })
    },
  }
  return call
}

function endText(status: EndStatus): string {
  switch (status) {
    case 'completed':
      return 'is off the line (completed)'
    case 'busy':
      return 'is busy'
    case 'no-answer':
      return 'does not answer'
    case 'failed':
      return 'cannot be reached (failed)'
    case 'canceled':
      return 'stops ringing (canceled)'
    default:
      throw new Error(`no text for ${status satisfies never}`)
  }
}
