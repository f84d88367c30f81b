import { Type } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import { webhookMethod, webhookUrl } from '../description/fields.ts'

/** What a number and an application both say about calls and messages. */
export const voiceSettings = {
  voiceUrl: webhookUrl('asked for TwiML when a call comes in'),
  voiceMethod: webhookMethod('how voiceUrl is requested'),
  voiceFallbackUrl: webhookUrl('asked when voiceUrl fails'),
  voiceFallbackMethod: webhookMethod('how voiceFallbackUrl is requested'),
  voiceCallerIdLookup: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'true: voiceUrl is told the name of the caller, which Twilio looks up and charges for',
    }),
  ),
  statusCallback: webhookUrl('told when a call ends'),
  statusCallbackMethod: webhookMethod('how statusCallback is requested'),
  smsUrl: webhookUrl('asked for TwiML when a message comes in'),
  smsMethod: webhookMethod('how smsUrl is requested'),
  smsFallbackUrl: webhookUrl('asked when smsUrl fails'),
  smsFallbackMethod: webhookMethod('how smsFallbackUrl is requested'),
}

/** Those among them that are addresses. */
export const voiceUrls = [
  'voiceUrl',
  'voiceFallbackUrl',
  'statusCallback',
  'smsUrl',
  'smsFallbackUrl',
] as const

/** Compares them as addresses. */
export const canonicalVoiceUrls = Object.fromEntries(voiceUrls.map((name) => [name, canonicalUrl]))
