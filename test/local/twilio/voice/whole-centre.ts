import { demoAccount } from '../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { type Application, origin, startApplication } from './application.ts'

/** A whole local Twilio with the official SDK as its client, an own number, and an application behind it. */
export type WholeCentre = LocalTwilio & {
  readonly application: Application
  /** The account's number; its calls go to `/incoming`. */
  readonly number: string
  /** Sentences of the live feed, webhooks left out. */
  readonly story: string[]
  alerts(): readonly number[]
  /** An outside caller dials the number. */
  dial(): Promise<string>
}

/** Opens one in which everything is said at once; `close` it after the test. */
export async function openWholeCentre(): Promise<WholeCentre> {
  const application = await startApplication(demoAccount.authToken)
  application.on('/news', { status: 204, type: '' })
  const local = await startLocalTwilio({
    origins: () => application.origins,
    sayMsPerCharacter: 0,
  })
  const { phoneNumber: number } = await local.client.incomingPhoneNumbers.create({
    phoneNumber: '+15005550006',
    voiceUrl: `${origin}/incoming`,
  })
  const story: string[] = []
  local.twilio.subscribe(({ kind, text }) => {
    if (kind !== 'webhook') story.push(text)
  })
  return {
    ...local,
    application,
    number,
    story,
    alerts: () => local.twilio.alerts().map(({ code }) => code),
    async dial() {
      const sid = local.twilio.phones.call({ from: demoAccount.callerNumber, to: number })
      await local.clock.settle()
      return sid
    },
    async close() {
      await local.close()
      await application.close()
    },
  }
}
