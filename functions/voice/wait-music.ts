import type { CentreSettings, VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, escapeXml, say, twiml } from '../twiml.ts'
import { languageOf } from './language.ts'

// One of the pieces that Twilio itself plays to waiting callers.
const classicalMusic = 'http://com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3'

/** `GET /wait-music`: what the caller hears while the call waits for an agent. */
export function waitMusic(_call: VoiceRequest, query: URLSearchParams, services: Services) {
  return entertain(services.settings.centre, query.get('language'))
}

/** A sentence in the caller's language, then music without end: the document is not fetched again. */
function entertain(centre: CentreSettings, languageCode: string | null): string {
  const { waiting, voiceLanguage } = languageOf(centre, languageCode)
  const music = escapeXml(centre.holdMusicUrl ?? classicalMusic)
  return twiml(say(waiting, voiceLanguage), element('Play', { loop: 0 }, music))
}
