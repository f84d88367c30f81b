import assert from 'node:assert/strict'
import diagnostics from 'node:diagnostics_channel'
import { demoAccount } from '../../local/demo-account.ts'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'

// What TaskRouter does to the tasks of hunts by itself: spec S1.23, S1.26, S1.27, S1.30.
describe('a task of a hunt', () => {
  let hunting: HuntingCentre
  let workspace: ReturnType<HuntingCentre['centre']['sdk']['taskrouter']['v1']['workspaces']>
  let workspaceSid = ''
  let workflowSid = ''
  before(async () => {
    hunting = await startHuntingCentre()
    const outputs = await hunting.centre.engine.outputs()
    workspaceSid = String(outputs['workspaceSid'])
    workspace = hunting.centre.sdk.taskrouter.v1.workspaces(workspaceSid)
    const [workflow] = await workspace.workflows.list({ friendlyName: 'Hunts' })
    workflowSid = workflow?.sid ?? ''
  })
  after(() => hunting?.stop())
  beforeEach(() => hunting.reset())
  afterEach(async () => {
    const { centre } = hunting
    centre.twilio.setFaults({})
    for (const call of centre.twilio.view().calls) {
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    }
    await hunting.seconds(301)
    assert.deepEqual(huntTasks(), [], 'the sweeper leaves no task')
    const { body } = await centre.backOffice<{ hunts: unknown[] }>('GET', '/hunts')
    assert.deepEqual(body.hunts, [], 'no hunt is left open')
  })

  const huntTasks = () =>
    hunting.centre.twilio
      .view()
      .tasks.filter((task) => task.workflowSid === workflowSid)
      .filter(({ status }) => status !== 'canceled' && status !== 'completed')
  const task = () => workspace.tasks(huntTasks()[0]?.sid ?? '')
  const pending = () => task().reservations.list({ reservationStatus: 'pending' })
  const endOf = async (id: string) => {
    const { state, why } = await hunting.show(id)
    return `${state}: ${why}`
  }

  it('is pending again only when the last of its reservations has ended', async () => {
    const names = ['alice', 'bob', 'carmen']
    const { sid } = await workspace.tasks.create({
      workflowSid,
      attributes: JSON.stringify({ offered_to: names.map(hunting.workerSid) }),
    })
    const { activities } = hunting.centre.twilio.view()
    const away = activities.find(({ friendlyName }) => friendlyName === 'Offline')?.sid
    const statuses: string[] = []
    for (const { sid: reservation } of await pending()) {
      const rejection = { reservationStatus: 'rejected', workerActivitySid: away } as const
      await workspace.tasks(sid).reservations(reservation).update(rejection)
      statuses.push((await workspace.tasks(sid).fetch()).assignmentStatus)
    }
    assert.deepEqual(statuses, ['reserved', 'reserved', 'pending'])
    await workspace.tasks(sid).remove()
  })

  it('is not offered again to an agent who rejected it, not even for a moment', async () => {
    const { workers } = hunting.centre.twilio.view()
    const nameOf = (workerSid = '') => workers.find(({ sid }) => sid === workerSid)?.friendlyName
    const asked: (string | undefined)[] = []
    const stop = hunting.centre.twilio.subscribe((event) => {
      if (event.name === 'reservation.created') asked.push(nameOf(event.workerSid))
    })
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice'], ['bob'], ['carmen']) })
    await hunting.answer(id, 'alice', 'reject')
    await hunting.seconds(45)
    stop()
    assert.deepEqual(asked.toSorted(), ['alice', 'bob', 'bob', 'carmen'])
  })

  it('needs no workflow of its own', async () => {
    const before = await workspace.workflows.list()
    await hunting.start({ tiers: hunting.tiers(['alice']) })
    assert.equal((await workspace.workflows.list()).length, before.length)
    const [queue] = await workspace.taskQueues.list({ friendlyName: 'Hunts' })
    assert.equal(queue?.maxReservedWorkers, 50, 'so many are asked at once')
  })

  it('does not ask an agent who has something else to do', async () => {
    const attributes = JSON.stringify({ offered_to: [hunting.workerSid('alice')] })
    const task = { workflowSid, attributes, taskChannel: 'voice' }
    const { sid } = await workspace.tasks.create(task)
    const [other] = await workspace.tasks(sid).reservations.list()
    const acceptance = { reservationStatus: 'accepted' } as const
    await workspace
      .tasks(sid)
      .reservations(other?.sid ?? '')
      .update(acceptance)
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
    const states = (await hunting.show(id)).agents.map(({ name, state }) => `${name} ${state}`)
    assert.deepEqual(states, ['alice busy', 'bob offered'])
    await workspace.tasks(sid).remove()
  })

  it('whose own time runs out fails the hunt', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice']) })
    const attributes = JSON.stringify(huntTasks()[0]?.attributes)
    // The hunt's own outlives its tier by minutes: another with the same key stands for it, as one that was made twice.
    await workspace.tasks.create({ workflowSid, attributes, timeout: 10 })
    await hunting.seconds(11)
    assert.equal(await endOf(id), 'failed: its task was canceled: Task TTL Exceeded')
  })

  it('that ran past the last step fails the hunt', async () => {
    await hunting.move('alice', 'Offline')
    const { configuration } = await workspace.workflows(workflowSid).fetch()
    const steps = JSON.parse(configuration)
    steps.task_routing.filters[0].targets[0].timeout = 10
    await workspace.workflows(workflowSid).update({ configuration: JSON.stringify(steps) })
    try {
      // Bob is asked; the task that waits for alice has only the workflow's time.
      const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
      await hunting.seconds(11)
      assert.match(await endOf(id), /^failed: its task was canceled: .*workflow/i)
    } finally {
      await workspace.workflows(workflowSid).update({ configuration })
    }
  })

  it('that was offered too often fails the hunt', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
    const { eventCallbackUrl } = await workspace.fetch()
    // Rejections that the functions do not hear of: otherwise they take the agent off the task.
    await workspace.update({ eventCallbackUrl: '' })
    const { sid } = await task().fetch()
    const reject = async () => {
      const [reservation = ''] = reservationsOf(sid)
      await hunting.centre.twilio.fetch(rejection(sid, reservation))
    }
    await reject()
    await hunting.move('bob', 'Offline')
    for (let count = 1; count < 1_000; count++) await reject()
    await workspace.update({ eventCallbackUrl })
    await reject()
    await hunting.seconds(1)
    assert.match(await endOf(id), /^failed: its task was canceled: .*assignment count/)
  })

  it('has names and compared values without hyphens, whatever the hunt is called', async () => {
    await hunting.start({
      tiers: hunting.tiers(['alice']),
      idempotencyKey: 'ticket-47-11',
      reason: 'follow-up',
    })
    const { reason, ...compared } = huntTasks()[0]?.attributes ?? {}
    assert.equal(reason, 'follow-up', 'nothing compares with it')
    assert.doesNotMatch(JSON.stringify(compared), /-/)
  })

  it('is offered when the start is answered, after so few requests that a slow Twilio does not matter', async () => {
    const requests: string[] = []
    const note = (message: unknown) => {
      const { request } = message as { request: { origin: string; method: string; path: string } }
      if (request.origin === hunting.centre.twilioUrl) {
        requests.push(`${request.method} ${request.path}`)
      }
    }
    diagnostics.subscribe('undici:request:create', note)
    await hunting.centre.backOffice('POST', '/hunts', {
      ...{ conference: hunting.conference(), customerCallSid: hunting.customerCallSid() },
      tiers: hunting.tiers(['alice', 'bob'], ['carmen', 'diego']),
    })
    diagnostics.unsubscribe('undici:request:create', note)
    assert.deepEqual(hunting.offered(), ['alice', 'bob'])
    // At 200 ms each, one after the other, two seconds.
    assert(requests.length > 3 && requests.length <= 10, requests.join('\n'))
  })

  const reservationsOf = (taskSid: string) =>
    hunting.centre.twilio
      .view()
      .workers.flatMap(({ reservations }) => reservations)
      .filter((one) => one.taskSid === taskSid && one.status === 'pending')
      .map(({ sid }) => sid)
  const rejection = (taskSid: string, reservationSid: string) => {
    const { accountSid, authToken } = demoAccount
    const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
    const path = `Workspaces/${workspaceSid}/Tasks/${taskSid}/Reservations/${reservationSid}`
    return new Request(`http://local/taskrouter.twilio.com/v1/${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams({ ReservationStatus: 'rejected' }),
    })
  }
})
