import type { Play, Prompt, Say } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import { absolute } from './address.ts'
import type { Frame, Run } from './frame.ts'

// How long a media file plays: as long as it takes to say this many characters.
const MEDIA_CHARACTERS = 50

/** Carries out what a leg listens to. */
export async function prompt(verb: Prompt, frame: Frame): Promise<void> {
  switch (verb.kind) {
    case 'Say':
      return say(verb, frame)
    case 'Play':
      return verb.digits === null ? playMedia(verb, frame) : playDigits(verb.digits, frame)
    case 'Pause':
      frame.call.tell('call.pause', `${frame.call.who} hears silence for ${verb.lengthSeconds} s`)
      return frame.scope.sleep(verb.lengthSeconds * 1_000)
    default:
      throw new Error(`no such prompt: ${JSON.stringify(verb satisfies never)}`)
  }
}

/** Says a text and waits until it is said. */
export async function say({ text, loop }: Say, run: Run & { voice: VoiceContext }): Promise<void> {
  const { call, voice } = run
  if (run.stage === 'call') call.doing = `Say: ${text}`
  call.tell('call.say', `${call.who} hears: ${text}`)
  await listen(run, text.length * voice.sayMsPerCharacter * loop)
}

async function playMedia({ url, loop }: Play, frame: Frame): Promise<void> {
  const { call, voice, scope } = frame
  const address = absolute(frame, url)
  if (!hasTwilioMedia(address)) {
    const request = { purpose: 'media', url: address, method: 'GET' as const, call }
    const result = await scope.race(voice.request(request))
    const failed = result.kind === 'failed' || result.status >= 400
    if (failed) {
      const reason = result.kind === 'failed' ? result.reason : `the answer was ${result.status}`
      voice.alert(call, result.kind === 'failed' ? result.code : 11200, `${address}: ${reason}`)
      return
    }
  }
  if (frame.stage === 'call') call.doing = `Play: ${address}`
  call.tell('call.play', `${call.who} hears ${address}`)
  await listen(frame, MEDIA_CHARACTERS * voice.sayMsPerCharacter * loop)
}

/** Keys sent to the far end of the leg, as when one presses them: `w` waits half a second, `W` a whole one. */
export async function playDigits(
  digits: string,
  { call, scope, voice }: Run & { voice: VoiceContext },
) {
  call.tell('call.play', `${call.who} hears the keys ${digits}`)
  for (const key of digits) {
    if (key === 'w') await scope.sleep(500)
    else if (key === 'W') await scope.sleep(1_000)
    else voice.phones.hear(call, key)
  }
}

// A length of nothing takes no turn of the clock.
async function listen({ scope }: Run, ms: number): Promise<void> {
  if (ms > 0) await scope.sleep(ms)
}

/** Twilio's own music and sounds: they exist wherever there is no internet, too. */
function hasTwilioMedia(url: string): boolean {
  return /^https?:\/\/(([a-z0-9-]+\.)*twilio\.com|com\.twilio\.[a-z0-9.-]*amazonaws\.com)\//i.test(
    url,
  )
}
