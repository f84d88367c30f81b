import type { Attributes, ReservationStatus, Sid } from '../../routing/index.ts'

/** An instruction that concerns calls, from an assignment callback's answer or a reservation update by REST. */
export type VoiceInstruction =
  | { readonly kind: 'dequeue'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'call'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'redirect'; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'conference'; readonly parameters: Readonly<Record<string, string>> }

/** What an instruction is about. */
export type InstructedReservation = {
  readonly workspaceSid: Sid
  readonly reservationSid: Sid
  readonly taskSid: Sid
  readonly taskAttributes: Attributes
  readonly workerSid: Sid
  readonly workerAttributes: Attributes
  readonly workerFriendlyName: string
}

/** What TaskRouter asks of Voice. Parameter names are snake case, as in a callback's answer (`post_work_activity_sid`). */
export interface VoiceForTaskRouter {
  /**
   * Starts the instruction and returns once it is under way; what follows is reported through `TaskRouterForVoice`.
   * Throws a `TwilioRefusal` (code, message) when it can't start: the REST caller gets it, a callback's goes to the alerts.
   */
  instruct(reservation: InstructedReservation, instruction: VoiceInstruction): void
  /** A reservation ended without acceptance (timeout, cancel, rescind, reject): a ringing leg of it is canceled. */
  reservationEnded(reservationSid: Sid, status: ReservationStatus): void
}

/** What Voice asks of TaskRouter. */
export interface TaskRouterForVoice {
  /**
   * `<Enqueue workflowSid>`: creates the task on channel `voice` as the call enters its queue.
   * Throws a `TwilioRefusal` if the workflow does not exist.
   */
  enqueue(call: {
    readonly workflowSid: Sid
    /** The call's own attributes with those of `<Task>` merged over them. */
    readonly attributes: Attributes
    readonly priority?: number
    readonly timeoutSeconds?: number
  }): { readonly workspaceSid: Sid; readonly taskSid: Sid }
  /** The caller left the queue before acceptance: the task is canceled with this reason. Gone already is fine. */
  callLeftQueue(taskSid: Sid, reason: string): void
  /** The bridged call or the task's conference is over: the task goes to `wrapping`. Gone already is fine. */
  callEnded(taskSid: Sid): void
  /** The current state of a reservation, or undefined when unknown. */
  reservation(
    reservationSid: Sid,
  ): (InstructedReservation & { readonly status: ReservationStatus }) | undefined
  /** Accepts; throws a `TwilioRefusal` if the reservation is no longer pending. */
  acceptReservation(reservationSid: Sid): void
  /** The worker's leg failed: the reservation is canceled, the task routed again. Not pending any more is fine. */
  cancelReservation(reservationSid: Sid): void
  /** Merges keys into the task's attributes without re-routing it (`worker_call_sid`, `conference`). */
  mergeTaskAttributes(taskSid: Sid, patch: Attributes): void
  /** Post-work activity. An unknown activity or worker becomes an alert. */
  setWorkerActivity(workerSid: Sid, activitySid: Sid): void
}
