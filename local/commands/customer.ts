import { setTimeout as sleep } from 'node:timers/promises'
import { demoAccount } from '../demo-account.ts'
import { Failure } from '../failure.ts'

/** A customer who is called into a conference, over the REST API of the local Twilio. */
export type Customer = {
  readonly callSid: string
  /** Waits until the customer is in the conference; throws a `Failure` when the call ends before. */
  answered(): Promise<void>
  isThere(): Promise<boolean>
  /** Fine also when the call is over. */
  hangUp(): Promise<void>
}

/** Who is called where. */
export type CustomerCall = {
  readonly twilioUrl: string
  /** Where news of the conference go. */
  readonly publicBaseUrl: string
  readonly conference: string
  readonly from: string
  readonly to: string
}

const lookMs = 200
const { accountSid, authToken } = demoAccount
const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`

/** Has the customer called; resolves when the call is under way. */
export async function callCustomer(call: CustomerCall): Promise<Customer> {
  const account = `${call.twilioUrl}/2010-04-01/Accounts/${accountSid}`
  const participants = `${account}/Conferences/${encodeURIComponent(call.conference)}/Participants`
  const { call_sid: callSid = '' } = await ask(`${participants}.json`, [
    ['From', call.from],
    ['To', call.to],
    ['EarlyMedia', 'false'],
    ['ConferenceStatusCallback', `${call.publicBaseUrl}/call-status`],
    ['ConferenceStatusCallbackEvent', 'leave'],
    ['ConferenceStatusCallbackEvent', 'end'],
  ])
  const path = `${account}/Calls/${callSid}.json`
  const status = async () => (await ask(path)).status ?? ''
  return {
    callSid,
    async answered() {
      for (;;) {
        const now = await status()
        if (now === 'in-progress') return
        if (!['queued', 'initiated', 'ringing'].includes(now)) {
          throw new Failure('no-customer', `The customer ${call.to} cannot be reached: ${now}`)
        }
        await sleep(lookMs)
      }
    },
    isThere: async () => (await status()) === 'in-progress',
    async hangUp() {
      await ask(path, [['Status', 'completed']]).catch(() => {}) // over already, or the centre is gone
    },
  }
}

type Answer = {
  readonly call_sid?: string
  readonly status?: string
  readonly message?: string
}

async function ask(url: string, form?: string[][]): Promise<Answer> {
  const answer = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: { authorization },
    ...(form && { body: new URLSearchParams(form) }),
  })
  const body = (await answer.json().catch(() => ({}))) as Answer
  if (answer.ok) return body
  throw new Failure('refused', `Twilio refuses: ${body.message ?? `answer ${answer.status}`}`)
}
