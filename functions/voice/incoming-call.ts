import { type CentreSettings, routes, type VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, say, twiml } from '../twiml.ts'
import { isOpen } from './hours.ts'
import { languageOf } from './language.ts'
import { hasMenu, menu } from './menu.ts'

/** `POST /incoming-call`: welcomes the caller and lets them choose a language. */
export function incomingCall(_call: VoiceRequest, _query: URLSearchParams, services: Services) {
  return greet(services.settings.centre, services.now())
}

/** What a caller hears who dials at that time. */
export function greet(centre: CentreSettings, atMs: number): string {
  if (centre.hours && !isOpen(centre.hours, atMs)) {
    const { voiceLanguage } = languageOf(centre, null)
    return twiml(say(centre.hours.closedPrompt, voiceLanguage), element('Hangup'))
  }
  // The same for every caller: written once.
  let document = welcomes.get(centre)
  if (document === undefined) {
    document = welcome(centre)
    welcomes.set(centre, document)
  }
  return document
}

const welcomes = new WeakMap<CentreSettings, string>()

function welcome(centre: CentreSettings): string {
  const { voiceLanguage } = languageOf(centre, null)
  const next = hasMenu(centre)
    ? menu(centre, 0)
    : [element('Redirect', { method: 'POST' }, routes.enqueueCall)]
  return twiml(say(centre.welcome, voiceLanguage), ...next)
}
