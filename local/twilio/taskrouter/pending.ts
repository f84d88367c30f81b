import { badRequest, TwilioRefusal } from '../refusal.ts'
import type { ReservationRow } from './rows.ts'

/** Refuses what needs a pending reservation: 410 when another worker was faster, else 400. */
export function checkPending({ sid, status }: ReservationRow, what: string): void {
  if (status === 'pending') return
  if (status === 'rescinded') {
    throw new TwilioRefusal(410, 20410, `Reservation ${sid} was rescinded: another worker accepted`)
  }
  throw badRequest(
    `Unable to ${what}. Reservation ${sid} is not currently in a Pending state: it is ${status}.`,
  )
}
