import * as pulumi from '@pulumi/pulumi'
import * as twilio from '@pulumi/twilio'
import { type CentreDeclaration, routes } from '../../schemas/index.ts'
import type { FunctionApp } from './function-app.ts'
import { answeredBy, answeredByFlow } from './number-answer.ts'
import { createFlows, type StudioFlow } from './studio-flow.ts'
import { TieredWorkflow } from './tiered-workflow.ts'

/** What a centre is made of. */
export type CentreArgs<Declaration extends CentreDeclaration> = {
  /** Name of the workspace. */
  readonly friendlyName: string
  /** Checked before it comes here: every name it refers to is declared. */
  readonly declaration: Declaration
  /** Answers the webhooks. */
  readonly functions: FunctionApp
  /** What flows name as `${setting.…}`. */
  readonly flowSettings?: Readonly<Record<string, pulumi.Input<string>>>
}

/** Resources under the names of their declarations. */
type Registered<Entries, Resource> = { readonly [Name in keyof Entries]: Resource }

/**
 * A declared contact centre on Twilio: a workspace with everything in it, and the numbers that lead there. Each resource has the
 * name under which the declaration lists it.
 */
export class Centre<const Declaration extends CentreDeclaration> extends pulumi.ComponentResource {
  readonly workspaceSid: pulumi.Output<string>
  readonly activities: Registered<Declaration['activities'], twilio.taskrouter.Activity>
  readonly queues: Registered<Declaration['queues'], twilio.taskrouter.TaskQueue>
  readonly workflows: Registered<Declaration['workflows'], TieredWorkflow>
  readonly workers: Registered<CentreDeclaration['workers'], twilio.taskrouter.Worker>
  readonly flows: Readonly<Record<string, StudioFlow>>

  constructor(
    name: string,
    { friendlyName, declaration, functions, flowSettings = {} }: CentreArgs<Declaration>,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('switchboard:centre:Centre', name, {}, options)
    this.workspaceSid = this.#createWorkspace(name, friendlyName, functions)
    this.activities = this.#createActivities(declaration.activities)
    this.#assignRoles(name, declaration)
    const channels = this.#createTaskChannels(declaration.taskChannels)
    this.workers = this.#createWorkers(declaration)
    this.queues = this.#createQueues(declaration.queues)
    this.workflows = this.#createWorkflows(declaration.workflows, functions)
    this.flows = createFlows(
      declaration,
      {
        workflow: sidsOf(this.workflows),
        queue: sidsOf(this.queues),
        channel: sidsOf(channels),
        function: addressesOf(functions),
        number: numbersOf(declaration.phoneNumbers),
        setting: flowSettings,
      },
      this,
    )
    this.#createPhoneNumbers(declaration.phoneNumbers, functions)
    this.registerOutputs({ workspaceSid: this.workspaceSid })
  }

  #createWorkspace(name: string, friendlyName: string, functions: FunctionApp) {
    const workspace = new twilio.taskrouter.Workspace(
      name,
      { friendlyName, eventCallbackUrl: functions.url(routes.taskEvents) },
      { parent: this },
    )
    return workspace.sid
  }

  #createActivities(activities: Declaration['activities']) {
    return register(
      activities,
      (name, { friendlyName, available }) =>
        new twilio.taskrouter.Activity(
          name,
          { workspaceSid: this.workspaceSid, friendlyName, available },
          { parent: this },
        ),
    )
  }

  // The roles are an update of the workspace, which the activities need to exist first.
  #assignRoles(name: string, { defaultActivity, timeoutActivity }: CentreDeclaration) {
    new twilio.taskrouter.WorkspaceDefaults(
      name,
      {
        workspaceSid: this.workspaceSid,
        defaultActivitySid: sidOf(this.activities, defaultActivity),
        timeoutActivitySid: sidOf(this.activities, timeoutActivity),
      },
      { parent: this },
    )
  }

  #createTaskChannels(taskChannels: CentreDeclaration['taskChannels']) {
    return register(
      taskChannels,
      (name, channel) =>
        new twilio.taskrouter.TaskChannel(
          name,
          { workspaceSid: this.workspaceSid, ...channel },
          { parent: this },
        ),
    )
  }

  // The activity counts at creation only; agents and calls move workers on.
  #createWorkers({ workers, defaultActivity }: CentreDeclaration) {
    return register(
      workers,
      (name, { friendlyName, attributes, activity }) =>
        new twilio.taskrouter.Worker(
          name,
          {
            workspaceSid: this.workspaceSid,
            friendlyName,
            attributes,
            activitySid: sidOf(this.activities, activity ?? defaultActivity),
          },
          // Calls and agents move a worker to any activity, and one that a worker is in cannot be deleted: workers go first.
          { parent: this, dependsOn: Object.values<pulumi.Resource>(this.activities) },
        ),
    )
  }

  #createQueues(queues: Declaration['queues']) {
    return register(
      queues,
      (name, { friendlyName, targetWorkers, maxReservedWorkers, taskOrder }) =>
        new twilio.taskrouter.TaskQueue(
          name,
          {
            workspaceSid: this.workspaceSid,
            friendlyName,
            targetWorkers,
            maxReservedWorkers,
            taskOrder,
          },
          { parent: this },
        ),
    )
  }

  #createWorkflows(workflows: Declaration['workflows'], functions: FunctionApp) {
    return register(
      workflows,
      (name, { friendlyName, filters, defaultQueue, reservationTimeoutSeconds }) =>
        new TieredWorkflow(
          name,
          {
            workspaceSid: this.workspaceSid,
            friendlyName,
            filters: filters.map((filter) => ({
              ...filter,
              tiers: filter.tiers.map(({ queue, ...tier }) => ({
                ...tier,
                ...(queue === undefined ? {} : { queue: sidOf(this.queues, queue) }),
              })),
            })),
            defaultQueueSid:
              defaultQueue === undefined ? undefined : sidOf(this.queues, defaultQueue),
            assignmentCallbackUrl: functions.url(routes.assignment),
            fallbackAssignmentCallbackUrl: functions.url(routes.assignmentFallback),
            reservationTimeoutSeconds,
          },
          { parent: this },
        ),
    )
  }

  #createPhoneNumbers(phoneNumbers: CentreDeclaration['phoneNumbers'], functions: FunctionApp) {
    register(
      phoneNumbers,
      (name, { friendlyName, phoneNumber, flow }) =>
        new twilio.phoneNumbers.IncomingPhoneNumber(
          name,
          {
            friendlyName,
            phoneNumber,
            ...(flow === undefined
              ? answeredBy(functions)
              : answeredByFlow(flowOf(this.flows, flow), functions)),
          },
          { parent: this },
        ),
    )
  }
}

function flowOf(flows: Readonly<Record<string, StudioFlow>>, name: string): StudioFlow {
  const flow = flows[name]
  if (!flow) throw new Error(`“${name}” is not declared; checkCentre finds this beforehand`)
  return flow
}

function addressesOf(functions: FunctionApp): Readonly<Record<string, pulumi.Input<string>>> {
  return Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [name, functions.url(route)]),
  )
}

function numbersOf(phoneNumbers: CentreDeclaration['phoneNumbers']) {
  return Object.fromEntries(
    Object.entries(phoneNumbers).map(([name, { phoneNumber }]) => [name, phoneNumber]),
  )
}

function sidsOf(
  resources: Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>,
): Readonly<Record<string, pulumi.Output<string>>> {
  return Object.fromEntries(Object.entries(resources).map(([name, { sid }]) => [name, sid]))
}

function register<Entries extends Readonly<Record<string, unknown>>, Resource>(
  entries: Entries,
  create: (name: string, entry: Entries[keyof Entries]) => Resource,
): Registered<Entries, Resource> {
  const made = Object.entries(entries).map(([name, entry]) => [
    name,
    create(name, entry as Entries[keyof Entries]),
  ])
  return Object.fromEntries(made)
}

function sidOf(
  resources: Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>,
  name: string,
): pulumi.Output<string> {
  const resource = resources[name]
  if (!resource) throw new Error(`“${name}” is not declared; checkCentre finds this beforehand`)
  return resource.sid
}
