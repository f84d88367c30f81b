import { demoAccount } from '../../../../../local/demo-account.ts'
import { TwilioRefusal } from '../../../../../local/twilio/rest/refusal.ts'
import type {
  Step,
  TriggerKind,
  Values,
} from '../../../../../local/twilio/studio/execution/widget.ts'
import type { LocalTwilio } from '../../../../support/local-twilio.ts'

/** A step of which a test says what it is in, and reads what a widget did with it. */
export type WidgetStep = Step & {
  readonly alerts: { code: number; text: string }[]
  readonly joined: { sid: string; channel: Values }[]
}

/** What a test says of a step. */
export type StepSettings = {
  readonly properties: Values
  readonly startedBy?: TriggerKind
  readonly trigger?: Values
  readonly contact: string
  readonly channel: string
  readonly memory?: unknown
  readonly callSid?: string
  /** Texts that stand for templates: `{{flow.channel.sid}}`. */
  readonly templates?: Readonly<Record<string, string>>
}

/** A step whose API is a local Twilio's. Templates are looked up, and are not evaluated. */
export function widgetStep(local: LocalTwilio, settings: StepSettings): WidgetStep {
  const { properties, startedBy = 'message', trigger = {}, templates = {} } = settings
  const { accountSid, authToken } = demoAccount
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
  const fill = (text: string) =>
    text.replaceAll(/\{\{.*?\}\}/g, (template) => templates[template] ?? '')
  const step: WidgetStep = {
    alerts: [],
    joined: [],
    sid: `FT${'1'.repeat(32)}`,
    state: { name: 'widget', type: 'any', transitions: [], properties },
    execution: {
      sid: `FN${'1'.repeat(32)}`,
      flowSid: String(properties['flow'] ?? `FW${'1'.repeat(32)}`),
      accountSid,
      startedBy,
      isTestUser: false,
      contact: settings.contact,
      channel: settings.channel,
    },
    isNested: false,
    trigger: (kind) => (kind === startedBy ? trigger : undefined),
    callSid: settings.callSid,
    memory: settings.memory,
    leadsOn: () => true,
    text: (name) => fill(String(properties[name] ?? '')),
    integer: (name) => (properties[name] === undefined ? undefined : Number(properties[name])),
    boolean: (name) => properties[name] === true,
    pairs: (name) => (properties[name] ?? []) as { key: string; value: string }[],
    fill,
    callbackUrl: (event) => `https://webhooks.twilio.com/flow?FlowEvent=${event}`,
    alert: (code, text) => void step.alerts.push({ code, text }),
    async api(method, url, form = {}) {
      const { host, pathname, search } = new URL(url)
      const request = new Request(`${local.url}/${host}${pathname}${search}`, {
        method,
        headers: { authorization: `Basic ${credentials}` },
        ...(method === 'POST' && {
          body: new URLSearchParams(form as Record<string, string>),
        }),
      })
      const response = await local.twilio.fetch(request)
      const body = response.status === 204 ? {} : await response.json()
      if (!response.ok) throw new TwilioRefusal(body.status, body.code, body.message)
      return body
    },
    request: () => Promise.reject(new Error('no widget here makes requests of its own')),
    takeCall: () => {},
    leaveCall: () => {},
    joinConversation: (sid, channel) => void step.joined.push({ sid, channel }),
  }
  return step
}
