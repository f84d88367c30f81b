import {
  type HuntView,
  huntList,
  type OfferResult,
  offerResult,
  routes,
} from '../../schemas/index.ts'
import type { BackOffice } from './back-office.ts'

/** The hunts of the centre, as the functions tell them. */
export interface Hunts {
  /** `open`: those that still have something to do; `closed`: the last of the others. */
  list(which: 'open' | 'closed'): Promise<readonly HuntView[]>
  answerOffer(huntId: string, workerSid: string, answer: 'accept' | 'reject'): Promise<OfferResult>
  /** Ends it, and every offer with it; one that is over stays as it is. */
  cancel(huntId: string, reason: string): Promise<void>
}

/** Hunts over the functions' endpoints. */
export function createHunts(backOffice: BackOffice): Hunts {
  return {
    async list(which) {
      const answer = await backOffice.ask('list the hunts', `${routes.hunts}?state=${which}`)
      return huntList.parse(answer).hunts
    },
    async answerOffer(huntId, workerSid, answer) {
      const path = routes.huntOffer.replace('{id}', huntId).replace('{workerSid}', workerSid)
      return offerResult.parse(await backOffice.ask(`${answer} the seat`, path, { answer })).result
    },
    async cancel(huntId, reason) {
      const path = routes.cancelHunt.replace('{id}', huntId)
      await backOffice.ask('cancel the hunt', path, { reason })
    },
  }
}
