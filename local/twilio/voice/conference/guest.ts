import type { Call } from '../call/call.ts'
import { Interrupted } from '../scope.ts'
import type { VoiceContext } from '../voice-context.ts'
import { attend } from './attend.ts'
import type { Conference } from './conference.ts'
import type { Participant } from './participant.ts'

/** Keeps a leg without a document of its own in the conference; when it departs, the leg is hung up. */
export async function attendAsGuest(
  voice: VoiceContext,
  conference: Conference,
  participant: Participant,
  call: Call,
): Promise<void> {
  try {
    await attend(voice, conference, participant, call.occupy())
    call.hangUp(call.answeredAt === null ? 'canceled' : 'completed')
  } catch (error) {
    // Hung up, or sent to a document of its own: it has left already.
    if (!(error instanceof Interrupted)) throw error
  }
}
