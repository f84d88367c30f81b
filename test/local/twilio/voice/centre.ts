import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import twilio from 'twilio'
import { createTestClock, type TestClock } from '../../../../local/clock.ts'
import { createAlerts } from '../../../../local/twilio/alerts.ts'
import type { LiveEvent } from '../../../../local/twilio/contract.ts'
import type { TaskRouterForVoice } from '../../../../local/twilio/instructions.ts'
import { createLiveFeed } from '../../../../local/twilio/live-feed.ts'
import type { VoiceSettings } from '../../../../local/twilio/number-directory.ts'
import { createNewSid } from '../../../../local/twilio/sid.ts'
import { createVoice, type Voice } from '../../../../local/twilio/voice/index.ts'
import { createWebhooks } from '../../../../local/twilio/webhooks.ts'

/** A request that the application got. */
export type Seen = {
  readonly path: string
  readonly method: string
  readonly fields: Readonly<Record<string, string>>
}
/** What the application answers: TwiML, or anything with a status, a type and a body. */
export type Reply =
  | string
  | {
      readonly status?: number
      readonly type?: string
      readonly body?: string
      readonly location?: string
    }

export const accountSid = `AC${'7'.repeat(32)}`
export const ownNumber = '+12025550100'
export const caller = '+12025550123'
const authToken = 'centre-token'
const origin = 'https://centre.example.com'

/** Voice with an application that answers TwiML by path, over HTTP and with every signature checked. */
export type Centre = {
  readonly voice: Voice
  readonly clock: TestClock
  readonly seen: Seen[]
  /** Sentences of the live feed, in order. */
  readonly story: string[]
  readonly events: LiveEvent[]
  readonly alerts: () => readonly number[]
  /** What the path answers; a function is asked each time. */
  on(path: string, reply: Reply | ((request: Seen) => Reply)): void
  /** Requests to that path so far. */
  to(path: string): readonly Seen[]
  /** An outside caller dials the own number. */
  dial(): Promise<string>
  status(callSid: string): string | undefined
  close(): Promise<void>
}

export type CentreOptions = {
  readonly taskRouter?: Partial<TaskRouterForVoice>
  readonly number?: Partial<VoiceSettings>
  readonly applications?: Readonly<Record<string, Partial<VoiceSettings>>>
  readonly sayMsPerCharacter?: number
}

const settings: VoiceSettings = {
  voiceUrl: `${origin}/incoming`,
  voiceMethod: 'POST',
  voiceFallbackUrl: '',
  voiceFallbackMethod: 'POST',
  statusCallback: '',
  statusCallbackMethod: 'POST',
}

/** Opens one; `close` it after the test. */
export async function openCentre(options: CentreOptions = {}): Promise<Centre> {
  const clock = createTestClock()
  const live = createLiveFeed()
  const alerts = createAlerts(clock, live)
  const replies = new Map<string, Reply | ((request: Seen) => Reply)>()
  const seen: Seen[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '' } = incoming
      const body = new URLSearchParams(Buffer.concat(chunks).toString())
      const { pathname, searchParams } = new URL(url, origin)
      const signature = String(incoming.headers['x-twilio-signature'])
      const form = Object.fromEntries(body)
      if (!twilio.validateRequest(authToken, signature, origin + url, form)) {
        outgoing.writeHead(403).end()
        return
      }
      const request = {
        path: pathname,
        method,
        fields: { ...Object.fromEntries(searchParams), ...form },
      }
      seen.push(request)
      const planned = replies.get(pathname)
      const reply = typeof planned === 'function' ? planned(request) : planned
      if (reply === undefined) outgoing.writeHead(404).end()
      else if (typeof reply === 'string')
        outgoing.writeHead(200, { 'content-type': 'text/xml' }).end(reply)
      else {
        const { status = 200, type = 'text/xml', body: text = '', location } = reply
        outgoing
          .writeHead(status, {
            ...(type ? { 'content-type': type } : {}),
            ...(location ? { location } : {}),
          })
          .end(text)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const newSid = createNewSid()
  const webhooks = createWebhooks({
    clock,
    live,
    authToken,
    newSid,
    random: () => 0.5,
    origins: () => ({ [origin]: local }),
    faults: () => ({}),
  })
  const events: LiveEvent[] = []
  const story: string[] = []
  live.subscribe((event) => {
    events.push(event)
    if (event.kind === 'call') story.push(event.text)
  })
  const voice = createVoice({
    clock,
    live,
    alerts,
    webhooks,
    newSid,
    accountSid,
    sayMsPerCharacter: options.sayMsPerCharacter,
    taskRouter: { ...noTaskRouter, ...options.taskRouter },
    numbers: {
      number: (phoneNumber) =>
        phoneNumber === ownNumber
          ? {
              ...settings,
              ...options.number,
              sid: `PN${'1'.repeat(32)}`,
              phoneNumber,
              friendlyName: 'Own',
              voiceApplicationSid: '',
            }
          : undefined,
      application(sid) {
        const application = options.applications?.[sid]
        return application && { ...settings, ...application, sid, friendlyName: 'App' }
      },
    },
  })
  return {
    voice,
    clock,
    seen,
    story,
    events,
    alerts: () => alerts.list().map(({ code }) => code),
    on: (path, reply) => void replies.set(path, reply),
    to: (path) => seen.filter((request) => request.path === path),
    async dial() {
      const sid = voice.phones.call({ from: caller, to: ownNumber })
      await clock.settle()
      return sid
    },
    status: (callSid) => voice.view().find(({ sid }) => sid === callSid)?.status,
    async close() {
      voice.close()
      webhooks.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** `<Response>` around verbs. */
export const response = (verbs: string) => `<?xml version="1.0"?><Response>${verbs}</Response>`

function unexpected(): never {
  throw new Error('TaskRouter is not part of this test')
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
