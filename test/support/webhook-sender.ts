import twilio from 'twilio'
import { demoAccount } from '../../local/demo-account.ts'

/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>

/** Sends webhooks as Twilio does, signed by the official SDK for the public address. */
export type WebhookSender = {
  post(path: string, fields: Fields): Promise<Response>
  get(path: string, fields: Fields): Promise<Response>
}

/** A sender to the app at `origin`, whose public address is https://centre.example. */
export function createWebhookSender(
  origin: string,
  token: string = demoAccount.authToken,
): WebhookSender {
  const sign = (path: string, fields: Fields) => ({
    'x-twilio-signature': twilio.getExpectedTwilioSignature(
      token,
      `https://centre.example${path}`,
      fields,
    ),
  })
  return {
    post: (path, fields) =>
      fetch(origin + path, {
        method: 'POST',
        headers: sign(path, fields),
        body: new URLSearchParams(fields),
      }),
    get(path, fields) {
      const separator = path.includes('?') ? '&' : '?'
      const asked = `${path}${separator}${new URLSearchParams(fields)}`
      return fetch(origin + asked, { headers: sign(asked, {}) })
    },
  }
}
