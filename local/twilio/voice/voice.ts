import type { Context } from '../context.ts'
import type { CallPhones, LiveView, TwilioOptions } from '../contract.ts'
import type { TaskRouterForVoice, VoiceForTaskRouter } from '../instructions.ts'
import type { NumberDirectory } from '../number-directory.ts'
import type { Route } from '../rest/route.ts'
import { createCallRegistry } from './call/call-registry.ts'
import { receiveAtApplication, receiveCall } from './call/inbound.ts'
import { createConferences } from './conference/index.ts'
import { createInstructions } from './instructions/index.ts'
import { perform } from './interpreter/index.ts'
import { createCallerIds } from './phones/caller-ids.ts'
import { createPhoneExchange } from './phones/phone-exchange.ts'
import { createQueues } from './queue/queues.ts'
import { createRecordings } from './recording/index.ts'
import { createDialPace } from './rest/dial-pace.ts'
import { voiceRoutes } from './rest/index.ts'
import { viewCalls, viewConferences } from './view.ts'
import type { VoiceContext } from './voice-context.ts'

/** What Voice needs of the local Twilio. */
export type VoiceDependencies = Context & {
  readonly numbers: NumberDirectory
  readonly taskRouter: TaskRouterForVoice
  /** Length of `<Say>` in ms a character; default 60, 0 says everything at once. */
  readonly sayMsPerCharacter?: number
  readonly dialsPerSecond?: TwilioOptions['dialsPerSecond']
}

/** Programmable Voice: phones that carry out TwiML, its REST API, and what TaskRouter asks of it. */
export interface Voice extends VoiceForTaskRouter {
  readonly routes: readonly Route[]
  readonly phones: CallPhones
  view(): Pick<LiveView, 'calls' | 'conferences'>
  hasCall(callSid: string): boolean
  /** Calls the listener once with the status that ends the call: at once when it is over, never when it is unknown. */
  onCallEnd(callSid: string, listener: (status: string) => void): void
  /** Ends all calls, without telling anybody. */
  close(): void
}

/** Voice without a call. */
export function createVoice(dependencies: VoiceDependencies): Voice {
  const { clock, numbers, webhooks, alerts, dialsPerSecond } = dependencies
  const calls = createCallRegistry(dependencies)
  let closed = false
  const notify: VoiceContext['notify'] = ({ call, order = call.sid, ...webhook }) => {
    if (closed) return
    const about = { callSid: call.storySid }
    webhooks.notify({ ...webhook, about }, order, (result) => {
      const { purpose, url } = webhook
      if (result.kind === 'failed') {
        voice.alert(call, result.code, `${purpose} ${url}: ${result.reason}`)
      } else if (result.status >= 400) {
        voice.alert(call, 11200, `${purpose} ${url}: the answer was ${result.status}`)
      }
    })
  }
  const recordings = createRecordings({ ...dependencies, notify })
  const voice: VoiceContext = {
    ...dependencies,
    sayMsPerCharacter: dependencies.sayMsPerCharacter ?? 60,
    calls,
    queues: createQueues(dependencies),
    callerIds: createCallerIds(dependencies),
    recordings,
    conferences: createConferences({ ...dependencies, recordings, notify }),
    pace: {
      calls: createDialPace(clock, dialsPerSecond?.calls),
      participants: createDialPace(clock, dialsPerSecond?.participants),
    },
    phones: createPhoneExchange({
      clock,
      calls,
      isOwnNumber: (address) => numbers.number(address) !== undefined,
      receive: (dial) => receiveCall(voice, dial),
      receiveAtApplication: (dial) => receiveAtApplication(voice, dial),
    }),
    perform: (source, run) => perform(voice, source, run),
    request: ({ call, ...webhook }) =>
      webhooks.send({ ...webhook, cookies: call.cookies, about: { callSid: call.storySid } }),
    notify,
    alert: (call, code, text) => alerts.add(code, text, { callSid: call.storySid }),
  }
  return {
    ...createInstructions(voice),
    routes: voiceRoutes(voice),
    phones: voice.phones,
    view: () => ({ calls: viewCalls(voice), conferences: viewConferences(voice) }),
    hasCall: (callSid) => calls.get(callSid) !== undefined,
    onCallEnd(callSid, listener) {
      const call = calls.get(callSid)
      if (call?.end) listener(call.end.status)
      else call?.ended.on(({ status }) => listener(status))
    },
    close() {
      closed = true
      voice.phones.close()
      for (const call of calls.list()) call.abandon()
    },
  }
}
