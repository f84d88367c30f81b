/** Where REST finds flows. */
export const FLOWS = 'https://studio.twilio.com/v2/Flows'

/** Where calls and messages reach a flow. */
export const FLOW_WEBHOOKS = 'https://webhooks.twilio.com'

/** The flow webhook of a flow. */
export function flowAddress(accountSid: string, flowSid: string): string {
  return `${FLOW_WEBHOOKS}/v1/Accounts/${accountSid}/Flows/${flowSid}`
}
