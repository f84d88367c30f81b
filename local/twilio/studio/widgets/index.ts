import type { Widget } from '../execution/widget.ts'
import { addTwimlRedirect } from './add-twiml-redirect.ts'
import { connectCallTo } from './connect-call-to.ts'
import { enqueueCall } from './enqueue-call.ts'
import { gatherInputOnCall } from './gather-input-on-call.ts'
import { makeHttpRequest } from './make-http-request.ts'
import { makeOutgoingCall } from './make-outgoing-call-v2.ts'
import { recordCall } from './record-call.ts'
import { recordVoicemail } from './record-voicemail.ts'
import { runFunction } from './run-function.ts'
import { runSubflow } from './run-subflow.ts'
import { sayPlay } from './say-play.ts'
import { sendAndWaitForReply } from './send-and-wait-for-reply.ts'
import { sendMessage } from './send-message.ts'
import { sendToFlex } from './send-to-flex.ts'
import { setVariables } from './set-variables.ts'
import { splitBasedOn } from './split-based-on.ts'
import { startConversation } from './start-conversation.ts'
import { trigger } from './trigger.ts'

/** The types of widgets that run here; of another type a flow loads, and fails when it gets there. */
export const runnableWidgets: ReadonlyMap<string, Widget> = new Map([
  ['trigger', trigger],
  ['split-based-on', splitBasedOn],
  ['set-variables', setVariables],
  ['make-http-request', makeHttpRequest],
  ['run-function', runFunction],
  ['run-subflow', runSubflow],
  ['say-play', sayPlay],
  ['gather-input-on-call', gatherInputOnCall],
  ['make-outgoing-call-v2', makeOutgoingCall],
  ['connect-call-to', connectCallTo],
  ['enqueue-call', enqueueCall],
  ['record-voicemail', recordVoicemail],
  ['record-call', recordCall],
  ['add-twiml-redirect', addTwimlRedirect],
  ['send-message', sendMessage],
  ['send-and-wait-for-reply', sendAndWaitForReply],
  ['send-to-flex', sendToFlex],
  ['start-conversation', startConversation],
])
