import { createTestClock, type TestClock } from '../../../../local/clock.ts'
import { createAlerts } from '../../../../local/twilio/alerts.ts'
import type { TaskRouterForVoice } from '../../../../local/twilio/instructions.ts'
import { createLiveFeed } from '../../../../local/twilio/live-feed.ts'
import type { NumberDirectory, VoiceSettings } from '../../../../local/twilio/number-directory.ts'
import { createNewSid } from '../../../../local/twilio/objects/sid.ts'
import { createVoice, type Voice } from '../../../../local/twilio/voice/index.ts'
import { createWebhooks } from '../../../../local/twilio/webhooks/webhooks.ts'
import { type Application, origin, startApplication } from './application.ts'

export { response } from './application.ts'

const authToken = 'centre-token'

/** The number that is called, and who calls it. */
export const ownNumber = '+12025550100'
export const caller = '+12025550123'

/** Voice alone, with an application that answers its webhooks and a clock that the test moves. */
export type Centre = Application & {
  readonly voice: Voice
  readonly clock: TestClock
  /** Sentences about calls, in order. */
  readonly story: string[]
  /** Codes of the debugger's alerts. */
  alerts(): readonly number[]
  /** An outside caller dials the own number. */
  dial(): Promise<string>
  status(callSid: string): string | undefined
}

/** What differs from a number whose calls go to `/incoming`. */
export type CentreOptions = {
  readonly taskRouter?: TaskRouterForVoice
  readonly number?: Partial<VoiceSettings>
  readonly applications?: Readonly<Record<string, Partial<VoiceSettings>>>
  readonly sayMsPerCharacter?: number
}

/** Opens one; `close` it after the test. */
export async function openCentre(options: CentreOptions = {}): Promise<Centre> {
  const application = await startApplication(authToken)
  const clock = createTestClock()
  const live = createLiveFeed()
  const alerts = createAlerts(clock, live)
  const newSid = createNewSid()
  const webhooks = createWebhooks({
    ...{ clock, live, authToken, newSid },
    random: () => 0.5,
    origins: () => application.origins,
    faults: () => ({}),
  })
  const story: string[] = []
  live.subscribe(({ kind, text }) => {
    if (kind === 'call') story.push(text)
  })
  const voice = createVoice({
    ...{ clock, live, alerts, webhooks, newSid },
    accountSid: `AC${'7'.repeat(32)}`,
    sayMsPerCharacter: options.sayMsPerCharacter,
    taskRouter: options.taskRouter ?? noTaskRouter,
    numbers: directory(options),
  })
  return {
    ...application,
    voice,
    clock,
    story,
    alerts: () => alerts.list().map(({ code }) => code),
    async dial() {
      const sid = voice.phones.call({ from: caller, to: ownNumber })
      await clock.settle()
      return sid
    },
    status: (callSid) => voice.view().calls.find(({ sid }) => sid === callSid)?.status,
    async close() {
      voice.close()
      webhooks.close()
      await application.close()
    },
  }
}

function directory({ number, applications }: CentreOptions): NumberDirectory {
  const settings: VoiceSettings = {
    voiceUrl: `${origin}/incoming`,
    voiceMethod: 'POST',
    voiceFallbackUrl: '',
    voiceFallbackMethod: 'POST',
    statusCallback: '',
    statusCallbackMethod: 'POST',
  }
  const sid = `PN${'1'.repeat(32)}`
  const own = { sid, phoneNumber: ownNumber, friendlyName: 'Own', voiceApplicationSid: '' }
  return {
    number: (phoneNumber) =>
      phoneNumber === ownNumber ? { ...settings, ...number, ...own } : undefined,
    application(sid) {
      const application = applications?.[sid]
      return application && { ...settings, ...application, sid, friendlyName: 'Application' }
    },
  }
}

function unexpected(): never {
  throw new Error('TaskRouter has no part in this test')
}

const noTaskRouter: TaskRouterForVoice = {
  enqueue: unexpected,
  callLeftQueue: unexpected,
  callEnded: unexpected,
  reservation: unexpected,
  acceptReservation: unexpected,
  cancelReservation: unexpected,
  mergeTaskAttributes: unexpected,
  setWorkerActivity: unexpected,
}
