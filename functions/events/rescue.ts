import { routes } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { doOnce } from '../store/claim.ts'
import { TwilioRefusal } from '../twilio/rest.ts'

/** A caller whose task was canceled. */
export type Stranded = {
  readonly taskSid: string
  readonly callSid: string
  readonly language: string | null
}

/**
 * Takes a caller out of the hold music of a queue in which no task waits for them any more, and to the
 * voicemail. Once, and never a call that left the queue by itself.
 */
export async function rescue(
  { taskSid, callSid, language }: Stranded,
  services: Services,
): Promise<void> {
  await doOnce(services, 'rescue', taskSid, async () => {
    if (await hasLeftQueue(callSid, services)) return
    const { TWILIO_ACCOUNT_SID, PUBLIC_BASE_URL } = services.settings.app
    const query = language ? `?language=${encodeURIComponent(language)}` : ''
    try {
      await services.twilio.post(
        `api.twilio.com/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Calls/${callSid}.json`,
        { Url: `${PUBLIC_BASE_URL}${routes.voicemail}${query}`, Method: 'POST' },
      )
      services.log.info('caller.rescued', { taskSid, callSid })
    } catch (error) {
      // The caller hung up meanwhile.
      if (!(error instanceof TwilioRefusal) || !isOver(error)) throw error
    }
  })
}

function isOver({ status, code }: TwilioRefusal): boolean {
  return status === 404 || code === 21220
}

async function hasLeftQueue(callSid: string, { store, log }: Services): Promise<boolean> {
  try {
    return (await store.read('left-queue', callSid)) !== undefined
  } catch (error) {
    log.warn('store.unreachable', { callSid, error })
    return false
  }
}
