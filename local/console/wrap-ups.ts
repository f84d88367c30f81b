import { routes } from '../../schemas/index.ts'
import type { BackOffice } from './back-office.ts'

/** What an agent does about the own wrap-up. The functions keep its clock, so they are asked. */
export interface WrapUps {
  end(taskSid: string): Promise<void>
  /** Grants the same time again, once; resolves to the new end in ms since the epoch. */
  extend(taskSid: string): Promise<number>
}

/** Wrap-ups over the functions' endpoints. */
export function createWrapUps(backOffice: BackOffice): WrapUps {
  return {
    async end(taskSid) {
      await backOffice.ask('end the wrap-up', routes.endWrapUp, { taskSid })
    },
    async extend(taskSid) {
      const body = { taskSid }
      const answer = await backOffice.ask('extend the wrap-up', routes.extendWrapUp, body)
      const { endsAt } = (answer ?? {}) as { readonly endsAt?: unknown }
      return typeof endsAt === 'number' ? endsAt : Date.parse(String(endsAt))
    },
  }
}
