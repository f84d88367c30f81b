import assert from 'node:assert/strict'
import { startCentre, type TestCentre } from '../support/centre.ts'

const caller = '+12025550123'
const seconds = (count: number) => count * 1_000

describe('explore', function () {
  this.timeout(60_000)
  let centre: TestCentre
  let workspace: ReturnType<TestCentre['sdk']['taskrouter']['v1']['workspaces']>
  before(async () => {
    centre = await startCentre()
    const { workspaceSid } = await centre.engine.outputs()
    workspace = centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
  })
  after(() => centre?.stop())
  const activity = (name: string) =>
    centre.twilio.view().activities.find((a) => a.friendlyName === name)?.sid
  beforeEach(async () => {
    for (const { sid } of centre.twilio.view().workers)
      await workspace.workers(sid).update({ activitySid: activity('Available') })
    for (const profile of centre.deployment()?.phoneProfiles ?? [])
      centre.twilio.phones.setProfile(profile)
  })
  afterEach(async function () {
    for (const call of centre.twilio.view().calls)
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    await centre.clock.advance(seconds(60))
    const left = centre.twilio.view().tasks
    const unusual = centre.twilio.view().workers.filter((w) => w.activityName === 'Wrap-Up').map(w => w.friendlyName)
    console.log('   left', left.length, 'stuck in wrap-up', unusual, 'alerts', centre.twilio.alerts().slice(-5))
  })
  const dial = async (keys = '', from = caller) => {
    const sid = centre.twilio.phones.call({ from, to: '+12025550100' })
    await centre.clock.settle()
    if (keys) centre.twilio.phones.press(sid, keys)
    await centre.clock.advance(keys ? 0 : seconds(5))
    return sid
  }
  const task = (n = 0) => centre.twilio.view().tasks[n]
  const worker = (name: string) =>
    centre.twilio.view().workers.find(({ friendlyName }) => friendlyName === name)
  const legTo = (address: string) =>
    centre.twilio.view().calls.find(({ to, endedAt }) => to === address && endedAt === null)
  const answers = (name: string, afterSeconds = 1) =>
    centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'answer', afterSeconds })

  it('task completed by API during the talk', async () => {
    answers('alice')
    const call = await dial()
    await centre.clock.advance(seconds(2))
    assert.equal(task()?.status, 'assigned')
    await workspace.tasks(task()?.sid ?? '').update({ assignmentStatus: 'completed', reason: 'done' })
    await centre.clock.advance(seconds(60))
    console.log(worker('alice')?.activityName, legTo('client:alice')?.status)
    centre.twilio.phones.hangUp(call)
    await centre.clock.advance(seconds(120))
    console.log(worker('alice')?.activityName)
    assert.equal(worker('alice')?.activityName, 'Available')
  })

  it('answers at the very moment of the timeout', async () => {
    answers('alice', 8)
    await dial()
    await centre.clock.advance(seconds(30))
    console.log(task()?.status, task()?.workerName, legTo('client:alice')?.status, legTo('client:bob')?.status)
  })

  it('second call to the same agent', async () => {
    for (const n of ['bob','carmen','diego']) await workspace.workers(worker(n)?.sid ?? '').update({ activitySid: activity('Offline') })
    answers('alice')
    const first = await dial()
    await centre.clock.advance(seconds(2))
    const second = await dial('', '+12025550199')
    await centre.clock.advance(seconds(3))
    console.log(centre.twilio.view().tasks.map(t => [t.status, t.workerName]))
    centre.twilio.phones.hangUp(first)
    await centre.clock.advance(seconds(14))
    console.log(centre.twilio.view().tasks.map(t => [t.status, t.workerName]), worker('alice')?.activityName)
    assert.ok(second)
  })

  it('goes offline while it rings, rejecting', async () => {
    await dial()
    assert.equal(legTo('client:alice')?.status, 'ringing')
    await workspace.workers(worker('alice')?.sid ?? '').update({ activitySid: activity('Offline'), rejectPendingReservations: true })
    await centre.clock.advance(seconds(1))
    console.log('alice leg', legTo('client:alice')?.status, task()?.status, task()?.tier)
  })

  it('goes offline while it rings, keeping the offer', async () => {
    answers('alice', 3)
    await dial()
    await workspace.workers(worker('alice')?.sid ?? '').update({ activitySid: activity('Offline') })
    await centre.clock.advance(seconds(4))
    console.log('alice', task()?.status, task()?.workerName, worker('alice')?.activityName)
  })

  it('multi reservation over voice', async () => {
    const queues = await workspace.taskQueues.list()
    const first = queues.find(q => q.friendlyName === 'English, first line')
    await workspace.taskQueues(first?.sid ?? '').update({ maxReservedWorkers: 5, targetWorkers: '1==1' })
    answers('bob', 3)
    await dial()
    console.log(centre.twilio.view().calls.filter(c => c.endedAt===null).map(c => [c.to, c.status]))
    await centre.clock.advance(seconds(4))
    const reservations = await workspace.tasks(task()?.sid ?? '').reservations.list()
    console.log(reservations.map(r => [r.workerName, r.reservationStatus]))
    console.log(centre.twilio.view().calls.filter(c => c.endedAt===null).map(c => [c.to, c.status]))
    const rescinded = reservations.find(r => r.reservationStatus === 'rescinded')
    await workspace.tasks(task()?.sid ?? '').reservations(rescinded?.sid ?? '').update({reservationStatus: 'accepted'}).catch(e => console.log(e.status, e.code, e.message))
    await workspace.tasks(task()?.sid ?? '').reservations(rescinded?.sid ?? '').update({instruction: 'dequeue'}).catch(e => console.log(e.status, e.code, e.message))
    await workspace.tasks(task()?.sid ?? '').reservations(rescinded?.sid ?? '').update({reservationStatus: 'completed'}).catch(e => console.log(e.status, e.code, e.message))
    await workspace.taskQueues(first?.sid ?? '').update({ maxReservedWorkers: 1, targetWorkers: first?.targetWorkers })
  })

  it('cancels then acts on the reservation', async () => {
    await dial()
    const t = task()?.sid ?? ''
    const [r] = await workspace.tasks(t).reservations.list()
    const etag = r
    await workspace.tasks(t).update({ assignmentStatus: 'canceled', reason: 'x' })
    for (const s of ['accepted','rejected','completed','wrapping'] as const)
      await workspace.tasks(t).reservations(r?.sid ?? '').update({reservationStatus: s}).then(() => console.log(s, 'ok'), e => console.log(s, e.status, e.code, e.message))
    await workspace.tasks(t).update({ attributes: '{"a":1}' }).then(x => console.log('upd', x.attributes), e => console.log('attr', e.status, e.code, e.message))
    await workspace.tasks(t).update({ priority: 4 }).then(x => console.log('upd', x.priority), e => console.log('prio', e.status, e.code, e.message))
    await workspace.tasks(t).update({ assignmentStatus: 'completed', reason: 'x' }).catch(e => console.log('compl', e.status, e.code, e.message))
  })

  it('partial updates', async () => {
    const w = worker('alice')?.sid ?? ''
    const before = await workspace.workers(w).fetch()
    await workspace.workers(w).update({ attributes: '{"languages":[]}', activitySid: 'WA' + '0'.repeat(32) }).catch(e => console.log(e.status, e.message))
    const after = await workspace.workers(w).fetch()
    console.log('worker atomic:', before.attributes === after.attributes)
    await workspace.workers(w).update({ attributes: before.attributes })
    await dial()
    const t = task()?.sid ?? ''
    await workspace.tasks(t).update({ priority: 77, assignmentStatus: 'completed', reason: 'x' }).catch(e => console.log(e.status, e.message))
    console.log('task atomic:', (await workspace.tasks(t).fetch()).priority)
  })
})
