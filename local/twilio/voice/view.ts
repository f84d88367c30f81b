import type { LiveView } from '../contract.ts'
import type { VoiceContext } from './voice-context.ts'

// A page shows how a call ended for a while.
const SHOWN_AFTER_END_MS = 60_000

/** The calls as pages show them: live ones, and those that ended within the last minute. */
export function viewCalls({ calls, clock }: VoiceContext): LiveView['calls'] {
  const since = clock.now() - SHOWN_AFTER_END_MS
  return [...calls.list()]
    .filter(({ endedAt }) => endedAt === null || endedAt >= since)
    .map((call) => ({
      sid: call.sid,
      parentCallSid: call.parent?.sid ?? null,
      from: call.from,
      to: call.to,
      direction: call.direction,
      status: call.status,
      startedAt: call.createdAt,
      answeredAt: call.answeredAt,
      endedAt: call.endedAt,
      doing: call.doing,
    }))
}
