import type { VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { say, twiml } from '../twiml.ts'
import { huntRows } from './world.ts'

const standard = 'Nobody is available to join this conference now.'

/** `POST /hunt-message`: what is said in a conference for which nobody was found. */
export async function huntMessage(
  _call: VoiceRequest,
  query: URLSearchParams,
  services: Services,
): Promise<string> {
  const stored = await huntRows(services).read(query.get('hunt') ?? '')
  return twiml(say(stored?.hunt.fallback?.text ?? standard, voiceLanguage(services)))
}

/** The language in which the centre speaks by default. */
export function voiceLanguage({ settings }: Services): string {
  const { languages, defaultLanguage } = settings.centre
  return languages.find(({ code }) => code === defaultLanguage)?.voiceLanguage ?? 'en-US'
}
