import assert from 'node:assert/strict'
import { origin, response } from './application.ts'
import { openWholeCentre, type WholeCentre } from './whole-centre.ts'

/** A whole centre whose calls become tasks for Bob, who answers `client:bob` after five seconds. */
export type RoutedCentre = WholeCentre & {
  /** Name → SID. */
  readonly activities: Readonly<Record<string, string>>
  api(): ReturnType<WholeCentre['client']['taskrouter']['v1']['workspaces']>
  /** What the assignment callback answers. */
  answerAssignment(instruction: object): void
  /** A caller dials and waits; the assignment callback answers this instruction. */
  call(instruction: object): Promise<string>
  /** The only task. */
  task(): Promise<{ sid: string; assignmentStatus: string; attributes: string }>
  /** Statuses of Bob's reservations. */
  reservations(): Promise<readonly string[]>
  reservationSid(): Promise<string>
  /** Name of Bob's activity. */
  activity(): Promise<string>
  /** Bob's latest leg. */
  worker(): Promise<{ sid: string; status: string; from: string; direction: string }>
  update(instruction: string): Promise<unknown>
  statusOf(callSid: string): Promise<string>
  /** What the Enqueue's action was told. */
  left(): Readonly<Record<string, string>> | undefined
}

/** Opens one; a reservation lasts 20 seconds. `close` it after the test. */
export async function openRoutedCentre(): Promise<RoutedCentre> {
  const centre = await openWholeCentre()
  const { client, application, twilio, clock } = centre
  const workspace = await client.taskrouter.v1.workspaces.create({ friendlyName: 'Centre' })
  const api = () => client.taskrouter.v1.workspaces(workspace.sid)
  const all = await api().activities.list()
  const activities = Object.fromEntries(all.map(({ friendlyName, sid }) => [friendlyName, sid]))
  const bob = await api().workers.create({
    friendlyName: 'Bob',
    attributes: JSON.stringify({ contact_uri: 'client:bob' }),
    activitySid: activities['Available'],
  })
  const queue = await api().taskQueues.create({ friendlyName: 'Everyone' })
  const workflow = await api().workflows.create({
    friendlyName: 'Calls',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    assignmentCallbackUrl: `${origin}/assignment`,
    taskReservationTimeout: 20,
  })
  const task = '<Task>{"language": "en"}</Task>'
  application.on(
    '/incoming',
    response(`<Enqueue workflowSid="${workflow.sid}" action="/left">${task}</Enqueue>`),
  )
  application.on('/left', response('<Pause length="60"/>'))
  application.on('/worker', response('<Pause length="60"/>'))
  twilio.phones.setProfile({ address: 'client:bob', afterSeconds: 5 })

  const answerAssignment = (instruction: object) =>
    application.on('/assignment', { type: 'application/json', body: JSON.stringify(instruction) })
  const reservationsOfBob = () => api().workers(bob.sid).reservations.list()
  const reservationSid = async () => (await reservationsOfBob())[0]?.sid ?? ''
  return {
    ...centre,
    activities,
    api,
    answerAssignment,
    async call(instruction) {
      answerAssignment(instruction)
      const callSid = await centre.dial()
      await clock.settle()
      return callSid
    },
    async task() {
      const [only] = await api().tasks.list()
      assert.ok(only)
      return only
    },
    reservations: async () =>
      (await reservationsOfBob()).map(({ reservationStatus }) => reservationStatus),
    reservationSid,
    activity: async () => (await api().workers(bob.sid).fetch()).activityName,
    async worker() {
      const [latest] = await client.calls.list({ to: 'client:bob' })
      assert.ok(latest)
      return latest
    },
    update: async (instruction) =>
      api()
        .workers(bob.sid)
        .reservations(await reservationSid())
        .update({ instruction }),
    statusOf: async (callSid) => (await client.calls(callSid).fetch()).status,
    left: () => application.to('/left')[0]?.fields,
  }
}
