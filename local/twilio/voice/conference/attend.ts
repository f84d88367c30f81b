import type { Source } from '../interpreter/frame.ts'
import { Interrupted, type Scope } from '../scope.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Conference } from './conference.ts'
import { type Departure, type Participant, participantFields } from './participant.ts'

// Music that takes no time is not fetched again within a second.
const SHORTEST_LOOP_MS = 1_000

/**
 * Keeps a participant in the conference, with what it hears meanwhile, and returns how it departed. When the scope
 * ends first, the participant has left by the time this rejects.
 */
export async function attend(
  voice: VoiceContext,
  conference: Conference,
  participant: Participant,
  scope: Scope,
): Promise<Departure> {
  const { call } = participant
  call.doing = `in conference ${conference.friendlyName}`
  if (!conference.participants().includes(participant)) conference.join(participant)
  const off = call.words.on(() => {
    conference.report('speaker', 'participant-speech-start', participantFields(participant))
    conference.report('speaker', 'participant-speech-stop', participantFields(participant))
  })
  try {
    for (;;) {
      const departure = await hearUntilChange(voice, conference, participant, scope)
      if (departure === null) continue
      if (departure === 'wait-failed') conference.leave(participant, 'participant_add_failed')
      return departure
    }
  } catch (error) {
    const updated = error instanceof Interrupted && error.reason === 'redirected'
    const unanswered = call.answeredAt === null
    if (updated) conference.leave(participant, 'participant_updated_via_api')
    else
      conference.leave(participant, unanswered ? 'participant_add_failed' : 'participant_hung_up')
    throw error
  } finally {
    off()
  }
}

/** What a participant hears: compared as text, so that only a real change interrupts it. */
type Hearing =
  | { readonly kind: 'talk' | 'music' | 'silence' }
  | { readonly kind: 'wait' | 'hold'; readonly source: Source }

function hearing({ status }: Conference, { state }: Participant): Hearing {
  if (state.hold) {
    const { holdMusic } = state
    return holdMusic ? { kind: 'hold', source: { kind: 'url', ...holdMusic } } : { kind: 'music' }
  }
  if (status !== 'init') return { kind: 'talk' }
  if (state.waitUrl === null) return { kind: 'music' }
  if (state.waitUrl === '') return { kind: 'silence' }
  return { kind: 'wait', source: { kind: 'url', url: state.waitUrl, method: state.waitMethod } }
}

function hearUntilChange(
  voice: VoiceContext,
  conference: Conference,
  participant: Participant,
  scope: Scope,
): Promise<Departure | null> {
  const now = hearing(conference, participant)
  const same = JSON.stringify(now)
  return scope.part<Departure | null>(async (part, stop) => {
    if (participant.departure) return participant.departure
    const off = participant.changed.on(() => {
      const changed = JSON.stringify(hearing(conference, participant)) !== same
      if (participant.departure || changed) stop(participant.departure)
    })
    try {
      const failed = await hear(voice, participant, now, part)
      return failed ?? (await part.wait<never>(() => () => {}))
    } finally {
      off()
    }
  })
}

/** A wait document runs once and is followed by silence; hold music runs over and over. */
async function hear(
  voice: VoiceContext,
  { call }: Participant,
  what: Hearing,
  scope: Scope,
): Promise<Departure | null> {
  if (what.kind !== 'wait' && what.kind !== 'hold') return null
  const { source } = what
  const run = { call, scope, stage: 'conference-wait' } as const
  for (;;) {
    const startedAt = voice.clock.now()
    const outcome = await voice.perform(source, run)
    if (what.kind === 'wait') return outcome === 'error' ? 'wait-failed' : null
    if (outcome === 'error') return null
    const left = startedAt + SHORTEST_LOOP_MS - voice.clock.now()
    if (left > 0) await scope.sleep(left)
  }
}
