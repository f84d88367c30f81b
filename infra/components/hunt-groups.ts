import * as pulumi from '@pulumi/pulumi'
import * as twilio from '@pulumi/twilio'
import { compileTiers } from '../../routing/index.ts'
import { type HuntGroup as HuntGroupSettings, huntGroup } from '../../schemas/index.ts'

// TaskRouter's own limit.
const mostReservedWorkers = 50

// Longer than the longest tier: a reservation never times out, and so never moves an agent who only ignored it.
const reservationTimeoutSeconds = 3_900

// Who is offered a seat must have nothing else on the line, however many calls at once they may take.
const whoIsAsked =
  'worker.sid IN task.offered_to AND worker.channel.voice.available_capacity_percentage == 100'

/** What the routing of hunts is made of. */
export type HuntRoutingArgs = { readonly workspaceSid: pulumi.Input<string> }

/**
 * The one standing workflow of all hunts, and its queue. A hunt's tasks name the agents whom they are for, so a hunt needs no
 * workflow of its own, and none is left when it ends.
 */
export class HuntRouting extends pulumi.ComponentResource {
  readonly workflowSid: pulumi.Output<string>

  constructor(
    name: string,
    { workspaceSid }: HuntRoutingArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('switchboard:hunts:HuntRouting', name, {}, options)
    const queue = new twilio.taskrouter.TaskQueue(
      name,
      {
        workspaceSid,
        friendlyName: 'Hunts',
        targetWorkers: '1==1',
        maxReservedWorkers: mostReservedWorkers,
      },
      { parent: this },
    )
    const workflow = new twilio.taskrouter.Workflow(
      name,
      {
        workspaceSid,
        friendlyName: 'Hunts',
        configuration: compileTiers({
          filters: [
            {
              name: 'Hunts',
              // Whatever comes here: nobody is asked whom the task does not name.
              expression: '1==1',
              tiers: [{ name: 'offered', queue: queue.sid, workers: whoIsAsked }],
            },
          ],
        }),
        // Nobody is asked for an instruction: the agents answer at their desks.
        taskReservationTimeout: reservationTimeoutSeconds,
      },
      { parent: this },
    )
    this.workflowSid = workflow.sid
    this.registerOutputs({ workflowSid: this.workflowSid })
  }
}

/** A hunt group as a stack declares it: workers by their names. */
export type HuntGroupArgs = Omit<HuntGroupSettings, 'tiers'> & {
  readonly tiers: readonly {
    readonly name?: string | undefined
    /** How long the tier is asked, 5 to 3600. */
    readonly seconds: number
    /** Names of the workers, in any order: they are asked at once. */
    readonly workers: readonly string[]
  }[]
  /** The declared workers. */
  readonly roster: Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>
}

/** Whom a seat in a conference is offered to, tier by tier, and what happens when nobody takes it. */
export class HuntGroup extends pulumi.ComponentResource {
  /** What the functions need to know of it; checked, so that a wrong one stops the deployment and not a hunt. */
  readonly settings: pulumi.Output<HuntGroupSettings>

  constructor(name: string, args: HuntGroupArgs, options?: pulumi.ComponentResourceOptions) {
    super('switchboard:hunts:HuntGroup', name, {}, options)
    const { tiers, roster, ...rules } = args
    refuseWrong({ ...rules, tiers })
    const named = tiers.map(({ name, seconds, workers }) => ({
      ...(name === undefined ? {} : { name }),
      seconds,
      workers: workers.map((worker) => this.#sidOf(worker, roster)),
    }))
    this.settings = pulumi.output({ ...rules, tiers: named }).apply((group) => {
      return huntGroup.parse(JSON.parse(JSON.stringify(group)))
    })
    this.registerOutputs({ settings: this.settings })
  }

  #sidOf(worker: string, roster: HuntGroupArgs['roster']): pulumi.Output<string> {
    const declared = roster[worker]
    if (declared) return declared.sid
    const known = Object.keys(roster).join(', ') || 'none'
    throw new pulumi.RunError(`A hunt group names the worker “${worker}”; declared: ${known}`)
  }
}

// At once, and not only when the SIDs are known: a group that would not do stops the program before anything is registered.
function refuseWrong({ tiers, ...rules }: Omit<HuntGroupArgs, 'roster'>): void {
  const anySid = `WK${'0'.repeat(32)}`
  const named = tiers.map((tier) => ({ ...tier, workers: tier.workers.map(() => anySid) }))
  huntGroup.parse(JSON.parse(JSON.stringify({ ...rules, tiers: named })))
}
