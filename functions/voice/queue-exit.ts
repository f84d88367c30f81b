import type { CentreSettings, VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, say, twiml } from '../twiml.ts'
import { languageOf } from './language.ts'
import { record } from './voicemail.ts'

/** `POST /queue-exit`: the call left its queue, whichever way. A flow that sends it here says as `result` how. */
export async function queueExit(call: VoiceRequest, query: URLSearchParams, services: Services) {
  await markLeft(call.CallSid, services)
  const result = call.QueueResult ?? query.get('result') ?? undefined
  return goOn(services.settings.centre, result, query.get('language'))
}

/** What happens to a call that left its queue with that `QueueResult`. */
export function goOn(
  centre: CentreSettings,
  queueResult: string | undefined,
  languageCode: string | null,
): string {
  switch (queueResult) {
    // Served, or gone.
    case 'bridged':
    case 'bridging-in-process':
    case 'hangup':
      return twiml(element('Hangup'))
    // Another document runs already; this answer is not executed.
    case 'redirected':
    case 'redirected-from-bridged':
      return twiml()
    case 'leave':
      return twiml(...record(centre, languageCode))
    // queue-full, error, system-error, and whatever Twilio may add.
    default: {
      const { apology, voiceLanguage } = languageOf(centre, languageCode)
      return twiml(say(apology, voiceLanguage), ...record(centre, languageCode))
    }
  }
}

// The rescue of callers whose task was canceled must not touch a call that is somewhere else by now.
async function markLeft(callSid: string, { store, now, log }: Services): Promise<void> {
  try {
    await store.create('left-queue', callSid, { at: now() })
  } catch (error) {
    log.warn('store.unreachable', { callSid, error })
  }
}
