import { badRequest } from '../../rest/refusal.ts'
import { startProgram } from '../call/program.ts'
import type { Source } from '../interpreter/frame.ts'
import type { Instructed } from './instructions.ts'

/** `redirect`: sends the call to another document, as an update of the call by REST does; accepts first when asked to. */
export function redirect({ voice, reservation, parameters }: Instructed): void {
  const { taskSid, reservationSid } = reservation
  const callSid = parameters['call_sid'] ?? ''
  const url = parameters['url'] ?? ''
  if (!URL.canParse(url)) throw badRequest(`A redirect needs an absolute url, not '${url}'`)
  const call = voice.calls.live(callSid)
  if (!call) throw badRequest(`Call '${callSid}' is not in progress: it can't be redirected`)
  const source: Source = { kind: 'url', url, method: 'POST' }
  if (parameters['accept'] === 'true') {
    voice.taskRouter.acceptReservation(reservationSid)
    // The task is the call from now on, wherever that goes.
    call.ended.on(() => voice.taskRouter.callEnded(taskSid))
  }
  const member = voice.queues.memberOfCall(call.sid)
  if (!member?.leave({ kind: 'redirected', source })) startProgram(voice, call, source)
}
