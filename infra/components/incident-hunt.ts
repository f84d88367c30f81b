import * as pulumi from '@pulumi/pulumi'
import * as twilio from '@pulumi/twilio'
import {
  type CentreSettings,
  type IncidentRoster,
  routes,
  type StackConfiguration,
} from '../../schemas/index.ts'
import { findAgent } from '../../studio-flows/index.ts'
import type { FunctionApp } from './function-app.ts'
import { StudioFlow } from './studio-flow.ts'

type Declared = NonNullable<StackConfiguration['incidents']>
type Entry = NonNullable<Declared['roster']>['agent_list'][number]
type Settings = NonNullable<CentreSettings['incidents']>

/** What a hunt for incidents is made of. */
export type IncidentHuntArgs = {
  /** Whom to call, and how far to go. */
  readonly incidents: Declared
  /** The declared workers, whom the roster may name. */
  readonly workers: Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>
  /** Where the ends of executions are told. */
  readonly functions: FunctionApp
}

/**
 * Calls people about an incident until one accepts: the flow that calls one of them, and the Event Streams sink by which the functions
 * hear that a call is over.
 */
export class IncidentHunt extends pulumi.ComponentResource {
  readonly flowSid: pulumi.Output<string>
  /** What the functions need to know of it. */
  readonly settings: pulumi.Output<Settings>

  constructor(name: string, args: IncidentHuntArgs, options?: pulumi.ComponentResourceOptions) {
    super('switchboard:incidentHunt', name, {}, options)
    const { roster, from: _, kinesis, ...rules } = args.incidents
    refuseNobody(args.incidents)
    const flow = new StudioFlow(`${name}-find-agent`, { flow: findAgent }, { parent: this })
    const sink = new twilio.events.Sink(
      name,
      {
        description: 'Ends of executions, for hunts for incidents',
        ...(kinesis
          ? { sinkType: 'kinesis' as const, sinkConfiguration: pulumi.secret(kinesis) }
          : { sinkType: 'webhook' as const, sinkConfiguration: webhookOf(args.functions) }),
      },
      { parent: this },
    )
    new twilio.events.Subscription(
      name,
      {
        description: 'Ends of executions, for hunts for incidents',
        sinkSid: sink.sid,
        types: [{ type: 'com.twilio.studio.flow.execution.ended' }],
      },
      { parent: this },
    )
    this.flowSid = flow.sid
    this.settings = pulumi
      .output(roster === undefined ? undefined : this.#rosterOf(roster, args.workers))
      .apply((people) => ({ ...rules, ...(people ? { roster: people } : {}) }))
    this.registerOutputs({ flowSid: this.flowSid })
  }

  #rosterOf(
    roster: NonNullable<Declared['roster']>,
    workers: IncidentHuntArgs['workers'],
  ): pulumi.Output<IncidentRoster> {
    const listOf = (list: readonly Entry[]) =>
      pulumi.all(list.map((entry) => personOf(entry, workers)))
    return pulumi
      .all([listOf(roster.agent_list), listOf(roster.escalation_list)])
      .apply(([agent_list, escalation_list]) => ({ agent_list, escalation_list }))
  }
}

function webhookOf(functions: FunctionApp) {
  const destination = functions.url(routes.studioEvents)
  return { destination, method: 'POST' as const, batch_events: true }
}

function personOf(
  { worker, phone: _, ...entry }: Entry,
  workers: IncidentHuntArgs['workers'],
): pulumi.Output<IncidentRoster['agent_list'][number]> {
  if (worker === undefined) return pulumi.output(entry)
  const declared = workers[worker]
  if (declared) return declared.sid.apply((worker_sid) => ({ ...entry, worker_sid }))
  const known = Object.keys(workers).join(', ') || 'none'
  throw new pulumi.RunError(
    `The roster of incidents names the worker “${worker}” for ${entry.name}; declared: ${known}`,
  )
}

function refuseNobody({ roster, rosterUrl }: Declared): void {
  if (roster === undefined && rosterUrl === undefined) {
    throw new pulumi.RunError('switchboard:incidents has no roster: give `roster` or `rosterUrl`')
  }
}
