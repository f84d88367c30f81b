import type { LocalTwilio } from '../../../../support/local-twilio.ts'

/** A widget of a test's flow: its type, its properties, and where its events lead. */
export type SmallWidget = readonly [
  type: string,
  properties: Readonly<Record<string, unknown>>,
  exits: Readonly<Record<string, string | null>>,
]

type Transition = { event: string; next?: string; conditions?: readonly unknown[] }

/** The contact of executions that REST starts, and the number that they are from. */
export const contact = '+12025550123'
export const ownNumber = '+12025550100'

/** A definition whose trigger leads all that comes to the first widget. */
export function definition(widgets: Readonly<Record<string, SmallWidget>>, extra = {}) {
  const [first] = Object.keys(widgets)
  const kinds = ['Message', 'Call', 'ConversationMessage', 'Request', 'Parent']
  const trigger: SmallWidget = [
    'trigger',
    {},
    Object.fromEntries(kinds.map((kind) => [`incoming${kind}`, first ?? null])),
  ]
  const states = Object.entries({ Trigger: trigger, ...widgets }).map(
    ([name, [type, properties, exits]]) => ({
      name,
      type,
      properties,
      transitions: Object.entries(exits).map(([event, next]) =>
        transition(event, next, String(properties['input'] ?? '')),
      ),
    }),
  )
  return { states, initial_state: 'Trigger', flags: { allow_concurrent_calls: true }, ...extra }
}

/** An exit named `match equal_to yes` is a branch of a split. */
function transition(event: string, next: string | null, input: string): Transition {
  const leads = next === null ? {} : { next }
  const [, type, value = ''] = /^match (\w+) ?(.*)$/s.exec(event) ?? []
  if (!type) return { event, ...leads }
  const condition = { friendly_name: value, arguments: [input], type, value }
  return { event: 'match', ...leads, conditions: [condition] }
}

/** Publishes a flow; its SID. */
export async function publish(
  { client }: LocalTwilio,
  widgets: Readonly<Record<string, SmallWidget>>,
  extra = {},
): Promise<string> {
  const flow = await client.studio.v2.flows.create({
    friendlyName: 'A flow',
    status: 'published',
    definition: definition(widgets, extra),
  })
  return flow.sid
}

/** Starts an execution over REST, and waits until it has nothing to do at this moment. */
export async function run(
  { client, clock }: LocalTwilio,
  flowSid: string,
  parameters: Readonly<Record<string, unknown>> = {},
) {
  const execution = await client.studio.v2
    .flows(flowSid)
    .executions.create({ to: contact, from: ownNumber, parameters })
  await clock.settle()
  return client.studio.v2.flows(flowSid).executions(execution.sid)
}

/** Publishes a flow, gives it a number, and has the contact call that. */
export async function dial(
  local: LocalTwilio,
  widgets: Readonly<Record<string, SmallWidget>>,
): Promise<{ callSid: string; execution: Awaited<ReturnType<typeof run>> }> {
  const { client, clock, twilio } = local
  const flowSid = await publish(local, widgets)
  const { webhookUrl } = await client.studio.v2.flows(flowSid).fetch()
  const number = { phoneNumber: ownNumber, voiceUrl: webhookUrl, statusCallback: webhookUrl }
  await client.incomingPhoneNumbers.create(number)
  const callSid = twilio.phones.call({ from: contact, to: ownNumber })
  await clock.settle()
  const [latest] = await client.studio.v2.flows(flowSid).executions.list({ limit: 1 })
  return { callSid, execution: client.studio.v2.flows(flowSid).executions(latest?.sid ?? '') }
}

/** What templates saw last. */
export async function contextOf(execution: Awaited<ReturnType<typeof run>>) {
  const { context } = await execution.executionContext().fetch()
  return context as {
    readonly flow: Readonly<Record<string, unknown>> & {
      readonly variables: Readonly<Record<string, unknown>>
    }
    readonly widgets: Readonly<Record<string, Readonly<Record<string, unknown>>>>
    readonly trigger: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  }
}

/** The way it took: `Trigger incomingRequest first`. */
export async function wayOf(execution: Awaited<ReturnType<typeof run>>): Promise<string[]> {
  const steps = await execution.steps.list()
  return steps
    .reverse()
    .map((step) => `${step.transitionedFrom} ${step.name} ${step.transitionedTo}`)
}
