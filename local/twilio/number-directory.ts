/** Where Voice goes for a call to a number or an application; unset addresses are empty strings. */
export type VoiceSettings = {
  readonly voiceUrl: string
  readonly voiceMethod: 'GET' | 'POST'
  readonly voiceFallbackUrl: string
  readonly voiceFallbackMethod: 'GET' | 'POST'
  readonly statusCallback: string
  readonly statusCallbackMethod: 'GET' | 'POST'
}

/** A number of the account (PN…). */
export type IncomingNumber = VoiceSettings & {
  readonly sid: string
  readonly phoneNumber: string
  readonly friendlyName: string
  /** Hides the number's own voice addresses; empty when unset. */
  readonly voiceApplicationSid: string
}

/** A TwiML application (AP…). */
export type TwimlApplication = VoiceSettings & {
  readonly sid: string
  readonly friendlyName: string
}

/** What Voice asks about the account's numbers and applications. */
export interface NumberDirectory {
  /** The account's number in E.164 form, or undefined when the account does not own it. */
  number(phoneNumber: string): IncomingNumber | undefined
  application(sid: string): TwimlApplication | undefined
}
