import { routes, type VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { element, escapeXml, say, twiml } from '../twiml.ts'
import { voiceLanguage } from './hunt-message.ts'
import { advanceHunt } from './world.ts'

const askSeconds = 10

/**
 * `POST /hunt-confirm`: the agent's phone was answered; whether by a person, a key tells. Only then, and only if the seat is
 * still theirs, the leg goes into the conference.
 */
export async function huntConfirm(
  { CallSid, Digits }: VoiceRequest,
  query: URLSearchParams,
  services: Services,
): Promise<string> {
  const [id, attempt] = [query.get('hunt') ?? '', Number(query.get('attempt'))]
  const status = Digits ? 'confirmed' : 'in-progress'
  const hunt = await advanceHunt(id, [{ kind: 'leg', attempt, callSid: CallSid, status }], services)
  const language = voiceLanguage(services)
  const theirs = hunt?.claim?.attempt === attempt && hunt.claim.callSid === CallSid
  if (!hunt || !theirs || hunt.claim?.ends) {
    return twiml(say('The conference does not need you any more. Goodbye.', language))
  }
  if (hunt.state === 'accepted') {
    const room = element(
      'Conference',
      { endConferenceOnExit: 'false' },
      escapeXml(hunt.conferenceName),
    )
    return twiml(element('Dial', {}, room))
  }
  const action = `${routes.huntConfirm}?${query}`
  const text = `You are asked to join a conference.${hunt.reason ? ` ${hunt.reason}.` : ''} Press any key to join.`
  const gather = { action, method: 'POST', numDigits: 1, timeout: askSeconds, finishOnKey: '' }
  return twiml(element('Gather', gather, say(text, language)), element('Hangup'))
}
