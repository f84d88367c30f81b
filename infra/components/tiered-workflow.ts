import * as pulumi from '@pulumi/pulumi'
import * as twilio from '@pulumi/twilio'
import {
  compileTiers,
  fittingReservationTimeout,
  reservationTimeoutWarning,
  type TieredFilter,
} from '../../routing/index.ts'

// Twilio lets a SIP phone ring for 600 s at most.
const longestRingSeconds = 600

/** What a tiered workflow is made of. */
export type TieredWorkflowArgs = {
  readonly workspaceSid: pulumi.Input<string>
  readonly friendlyName: string
  /** Which tasks, and the tiers they pass through; queues are named by their SIDs. */
  readonly filters: readonly TieredFilter<pulumi.Input<string>>[]
  /** SID of the queue for tasks that no filter matches, or that skipped every tier. */
  readonly defaultQueueSid?: pulumi.Input<string>
  /** Asked what to do with a reservation. */
  readonly assignmentCallbackUrl: pulumi.Input<string>
  /** Asked instead when the first one fails. */
  readonly fallbackAssignmentCallbackUrl: pulumi.Input<string>
  /** Seconds that a worker has for an answer; default the shortest tier, so that each tier lasts its own time. */
  readonly reservationTimeoutSeconds?: number
}

/** A TaskRouter workflow told as named tiers: who is asked first, for how long, and who after them. */
export class TieredWorkflow extends pulumi.ComponentResource {
  readonly sid: pulumi.Output<string>
  /** How long a worker's phone rings: longer than a reservation lasts, so that the reservation's timer fires first. */
  readonly ringSeconds: number
  /** Name of the filter → names of its tiers, first to last. */
  readonly tiers: Readonly<Record<string, string[]>>

  constructor(name: string, args: TieredWorkflowArgs, options?: pulumi.ComponentResourceOptions) {
    super('switchboard:routing:TieredWorkflow', name, {}, options)

    const reservationTimeoutSeconds = this.#chooseReservationTimeout(args)
    this.ringSeconds = Math.min(longestRingSeconds, reservationTimeoutSeconds + 10)
    this.tiers = nameTiers(args.filters)

    const workflow = new twilio.taskrouter.Workflow(
      name,
      {
        workspaceSid: args.workspaceSid,
        friendlyName: args.friendlyName,
        configuration: compileTiers({ filters: args.filters, defaultQueue: args.defaultQueueSid }),
        taskReservationTimeout: reservationTimeoutSeconds,
        assignmentCallbackUrl: args.assignmentCallbackUrl,
        fallbackAssignmentCallbackUrl: args.fallbackAssignmentCallbackUrl,
      },
      { parent: this },
    )

    this.sid = workflow.sid
    this.registerOutputs({ sid: this.sid, tiers: this.tiers })
  }

  #chooseReservationTimeout({ filters, reservationTimeoutSeconds }: TieredWorkflowArgs): number {
    if (reservationTimeoutSeconds === undefined) return fittingReservationTimeout(filters)
    const warning = reservationTimeoutWarning(filters, reservationTimeoutSeconds)
    if (warning) void pulumi.log.warn(`reservationTimeoutSeconds: ${warning}`, this)
    return reservationTimeoutSeconds
  }
}

function nameTiers(filters: readonly TieredFilter<unknown>[]): Record<string, string[]> {
  return Object.fromEntries(
    filters.map(({ name, tiers }) => [name, tiers.map((tier) => tier.name)]),
  )
}
