import { type CentreSettings, routes, type VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, say, twiml, type Verb } from '../twiml.ts'
import { languageOf } from './language.ts'

/**
 * `POST /voicemail`: offers to leave a message, and takes it. It is where a call goes that no agent can get:
 * out of a full queue, or rescued when its task was canceled.
 */
export async function voicemail(call: VoiceRequest, query: URLSearchParams, services: Services) {
  const { RecordingSid, RecordingDuration } = call
  if (RecordingSid === undefined) {
    return twiml(...record(services.settings.centre, query.get('language')))
  }
  const at = services.now()
  // An empty recording is no message.
  if (Number(RecordingDuration) > 0) {
    const event = { source: 'voicemail', id: RecordingSid, at, receivedAt: at, headers: {} }
    await services.schedule(at, {
      kind: 'event',
      event: { ...event, body: JSON.stringify(toMessage(call)) },
    })
  }
  return twiml(element('Hangup'))
}

/** The verbs that take a message: `*` or 10 s of silence end it. */
export function record(centre: CentreSettings, languageCode: string | null): readonly Verb[] {
  const { code, voicemail, voiceLanguage } = languageOf(centre, languageCode)
  return [
    say(voicemail, voiceLanguage),
    element('Record', {
      action: `${routes.voicemail}?language=${code}`,
      method: 'POST',
      timeout: 10,
      maxLength: 300,
      finishOnKey: '*',
      playBeep: 'true',
    }),
  ]
}

function toMessage({
  CallSid,
  From,
  To,
  RecordingSid,
  RecordingUrl,
  RecordingDuration,
}: VoiceRequest) {
  return { CallSid, From, To, RecordingSid, RecordingUrl, RecordingDuration }
}
