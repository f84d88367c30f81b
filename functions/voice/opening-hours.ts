import type { HttpResponseInit } from '@azure/functions'
import type { Services } from '../services.ts'
import { isOpen } from './hours.ts'
import { languageOf } from './language.ts'

/** `GET /opening-hours`: whether the centre is open now, for flows; and what to say if not. No secret, so it wants no signature. */
export function openingHours({ settings, now }: Services): HttpResponseInit {
  const { hours } = settings.centre
  const { voiceLanguage } = languageOf(settings.centre, null)
  return {
    jsonBody: {
      open: isOpen(hours, now()),
      closedPrompt: hours?.closedPrompt ?? '',
      voiceLanguage,
    },
  }
}
