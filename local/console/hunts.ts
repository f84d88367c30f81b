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
  }
}
