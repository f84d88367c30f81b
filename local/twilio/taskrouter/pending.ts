import type { ReservationStatus } from '../../../routing/index.ts'
import { badRequest, TwilioRefusal } from '../rest/refusal.ts'
import type { ReservationRow } from './rows.ts'

/** Refuses what needs a pending reservation: 410 when another worker was faster, else 400. */
export function checkPending(row: ReservationRow, what: string): void {
  checkStatus(row, ['pending'], what)
}

/** The same for what needs a reservation in one of these statuses. */
export function checkStatus(
  { sid, status }: ReservationRow,
  allowed: readonly ReservationStatus[],
  what: string,
): void {
  if (allowed.includes(status)) return
  if (status === 'rescinded') {
    throw new TwilioRefusal(410, 20410, `Reservation ${sid} was rescinded: another worker accepted`)
  }
  const wanted = allowed.map((one) => one.replace(/^./, (c) => c.toUpperCase())).join(' or ')
  const article = wanted.startsWith('A') ? 'an' : 'a'
  throw badRequest(
    `Unable to ${what}. Reservation ${sid} is not currently in ${article} ${wanted} state: it is ${status}.`,
  )
}
