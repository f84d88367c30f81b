import type { HttpHandler, HttpResponseInit } from '@azure/functions'
import { type VoiceRequest, voiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, say, twiml } from '../twiml.ts'
import { webhook } from '../webhook.ts'
import { languageOf } from './language.ts'

/** Answers a live call with a TwiML document. */
export type VoiceHandler = (
  call: VoiceRequest,
  query: URLSearchParams,
  services: Services,
) => string | Promise<string>

/** A signed webhook that answers TwiML; whatever fails, the caller hears an apology and never a dead line. */
export function voiceWebhook(handler: VoiceHandler, services: Services): HttpHandler {
  return webhook(async function answerCall({ parameters, query }) {
    try {
      return reply(await handler(voiceRequest.parse(parameters), query, services))
    } catch (error) {
      services.log.error('call.failed', { callSid: parameters['CallSid'], error })
      return reply(apologise(services, query.get('language')))
    }
  }, services)
}

function reply(body: string): HttpResponseInit {
  return { body, headers: { 'content-type': 'text/xml' } }
}

function apologise({ settings }: Services, languageCode: string | null): string {
  const { apology, voiceLanguage } = languageOf(settings.centre, languageCode)
  return twiml(say(apology, voiceLanguage), element('Hangup'))
}
