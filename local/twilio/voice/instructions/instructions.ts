import type {
  InstructedReservation,
  VoiceForTaskRouter,
  VoiceInstruction,
} from '../../instructions.ts'
import type { Call } from '../call/call.ts'
import type { VoiceContext } from '../voice-context.ts'
import { callWorker } from './call-worker.ts'
import { conference } from './conference.ts'
import { dequeue } from './dequeue.ts'
import { redirect } from './redirect.ts'

/** An instruction that is being carried out. */
export type Instructed = {
  readonly voice: VoiceContext
  readonly reservation: InstructedReservation
  readonly parameters: Readonly<Record<string, string>>
  /** Remembers the leg that rings for the reservation, so that the reservation's end cancels it. */
  readonly ringing: (leg: Call) => void
}

/** Carries out TaskRouter's instructions, and cancels legs that ring for reservations that ended. */
export function createInstructions(voice: VoiceContext): VoiceForTaskRouter {
  const legs = new Map<string, Call>()
  return {
    instruct(reservation, instruction) {
      const { parameters } = instruction
      const ringing = (leg: Call) => {
        const earlier = legs.get(reservation.reservationSid)
        legs.set(reservation.reservationSid, leg)
        // Instructed twice: the later instruction counts.
        earlier?.hangUp('canceled')
        const forget = () => {
          if (legs.get(reservation.reservationSid) === leg) legs.delete(reservation.reservationSid)
        }
        leg.answered.on(forget)
        leg.ended.on(forget)
      }
      carryOut(instruction.kind, { voice, reservation, parameters, ringing })
    },
    reservationEnded(reservationSid, status) {
      const leg = legs.get(reservationSid)
      if (!leg) return
      leg.tell(
        'call.canceled',
        `${leg.who} stops ringing: the reservation ${status === 'timeout' ? 'timed out' : `was ${status}`}`,
      )
      leg.hangUp('canceled')
    },
  }
}

function carryOut(kind: VoiceInstruction['kind'], instructed: Instructed) {
  switch (kind) {
    case 'dequeue':
      return dequeue(instructed)
    case 'call':
      return callWorker(instructed)
    case 'redirect':
      return redirect(instructed)
    case 'conference':
      return conference(instructed)
    default:
      throw new Error(`no such instruction: ${kind satisfies never}`)
  }
}
