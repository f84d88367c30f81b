import { badRequest } from '../../rest/refusal.ts'
import { startProgram } from '../call/program.ts'
import type { Instructed } from './instructions.ts'
import { ringWorker } from './worker-leg.ts'

/**
 * `call`: an ordinary call to the worker that runs the document at `url`. It accepts the reservation only when asked
 * to; a leg that nobody answers leaves the reservation to its timer.
 */
export function callWorker(instructed: Instructed): void {
  const { voice, reservation, parameters } = instructed
  const { from, url } = parameters
  if (!from) throw badRequest('The call instruction needs from')
  if (!url || !URL.canParse(url)) {
    throw badRequest(`The call instruction needs an absolute url, not '${url ?? ''}'`)
  }
  const callSid = reservation.taskAttributes['call_sid']
  const storyOf = typeof callSid === 'string' ? voice.calls.get(callSid) : undefined
  const callback = parameters['status_callback_url']
  const worker = ringWorker(instructed, {
    from,
    storyOf,
    progress: callback ? { url: callback, method: 'POST', events: ['completed'] } : undefined,
  })
  if (parameters['accept'] === 'true') {
    voice.taskRouter.acceptReservation(reservation.reservationSid)
  }
  worker.answered.on(() => {
    worker.tell('call.answered', `${worker.to} answered`)
    const patch = { worker_call_sid: worker.sid }
    voice.taskRouter.mergeTaskAttributes(reservation.taskSid, patch)
    if (parameters['record'] === 'record-from-answer') {
      voice.recordings.start({ call: worker, source: 'OutboundAPI', callback: null })
    }
    startProgram(voice, worker, { kind: 'url', url, method: 'POST' })
  })
}
