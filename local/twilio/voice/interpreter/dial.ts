import type { Dial, DialLeg, DialNoun } from '../twiml/index.ts'
import { dialApplication } from './dial-application.ts'
import { dialConference } from './dial-conference.ts'
import { dialLegs } from './dial-legs.ts'
import { dialQueue } from './dial-queue.ts'
import { afterDial } from './dial-result.ts'
import type { Frame, Step } from './frame.ts'

const MOST_LEGS = 10

/** `<Dial>`: what is called decides how it goes on; numbers, clients and SIP addresses may be mixed. */
export async function dial(verb: Dial, frame: Frame): Promise<Step> {
  const { call, voice } = frame
  const [first, ...others] = verb.nouns
  const legs = verb.nouns.filter(isLeg)
  const mixed = others.length > 0 && legs.length < verb.nouns.length
  if (!first || mixed || legs.length > MOST_LEGS) {
    const text = mixed
      ? `<Dial> can't mix ${verb.nouns.map(({ kind }) => kind).join(', ')}`
      : `<Dial> calls one to ${MOST_LEGS} addresses, not ${verb.nouns.length}`
    voice.alert(call, 12200, text)
    return afterDial(verb, frame, { DialCallStatus: 'failed', DialBridged: 'false' })
  }
  switch (first.kind) {
    case 'Conference':
      return dialConference(verb, first, frame)
    case 'Queue':
      return dialQueue(verb, first, frame)
    case 'Application':
      return dialApplication(verb, first, frame)
    case 'Number':
    case 'Client':
    case 'Sip':
      return dialLegs(verb, legs, frame)
    default:
      throw new Error(`no such noun: ${JSON.stringify(first satisfies never)}`)
  }
}

function isLeg(noun: DialNoun): noun is DialLeg {
  return noun.kind === 'Number' || noun.kind === 'Client' || noun.kind === 'Sip'
}
