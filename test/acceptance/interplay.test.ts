import assert from 'node:assert/strict'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { refused } from '../support/local-twilio.ts'
import { copyProject, type ProjectCopy } from '../support/project-copy.ts'

const seconds = (count: number) => count * 1_000

// What happens when the parts get in each other's way: calls, agents, timers and whoever uses the API meanwhile.
describe('a centre whose calls meet in conferences', () => {
  let project: ProjectCopy
  let centre: TestCentre
  let workspace: ReturnType<TestCentre['sdk']['taskrouter']['v1']['workspaces']>

  before(async () => {
    project = await copyProject()
    const name = "friendlyName: 'Calls',"
    await project.edit('infra/index.ts', name, `${name} connectBy: 'conference',`)
    centre = await startCentre({ projectDir: project.dir })
    const { workspaceSid } = await centre.engine.outputs()
    workspace = centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
  })
  after(async () => {
    await centre?.stop()
    await project?.remove()
  })
  beforeEach(async () => {
    for (const { friendlyName } of centre.twilio.view().workers) {
      await move(friendlyName, 'Available')
      centre.twilio.phones.setProfile({ address: `client:${friendlyName}`, outcome: 'let-ring' })
    }
  })
  afterEach(async () => {
    for (const { sid } of liveCalls()) centre.twilio.phones.hangUp(sid)
    await centre.clock.advance(seconds(60))
    assert.deepEqual(centre.twilio.view().tasks, [], 'no task is left behind')
    assert.equal(centre.twilio.view().workers.filter(inWrapUp).length, 0, 'nobody is stuck')
  })

  const inWrapUp = ({ activityName }: { activityName: string }) => activityName === 'Wrap-Up'
  const liveCalls = () => centre.twilio.view().calls.filter(({ endedAt }) => endedAt === null)
  const statusOfLeg = (address: string) => liveCalls().find(({ to }) => to === address)?.status
  const tasks = () => centre.twilio.view().tasks
  const worker = (name: string) =>
    centre.twilio.view().workers.find(({ friendlyName }) => friendlyName === name)
  const answers = (name: string, afterSeconds: number) =>
    centre.twilio.phones.setProfile({ address: `client:${name}`, outcome: 'answer', afterSeconds })

  async function move(name: string, activityName: string, rejectPendingReservations?: boolean) {
    const { activities } = centre.twilio.view()
    const activitySid = activities.find(({ friendlyName }) => friendlyName === activityName)?.sid
    const sid = worker(name)?.sid ?? ''
    await workspace.workers(sid).update({ activitySid, rejectPendingReservations })
  }
  async function dial(from = '+12025550123'): Promise<string> {
    const callSid = centre.twilio.phones.call({ from, to: '+12025550100' })
    // Silence takes English once the menu's five seconds are over.
    await centre.clock.advance(seconds(5))
    return callSid
  }

  it('brings caller and agent into a room of the task, and both out of it', async () => {
    answers('alice', 2)
    const callSid = await dial()
    await centre.clock.advance(seconds(2))
    const [task] = tasks()
    const [room] = await centre.sdk.conferences.list({ status: 'in-progress' })
    assert.equal(room?.friendlyName, task?.sid)
    const participants = await centre.sdk.conferences(room?.sid ?? '').participants.list()
    const conference = task?.attributes['conference']
    assert.deepEqual(conference, {
      sid: room?.sid,
      participants: {
        worker: participants.find((one) => one.callSid !== callSid)?.callSid,
        customer: callSid,
      },
    })
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.advance(seconds(1))
    assert.equal(statusOfLeg('client:alice'), undefined)
    assert.equal(worker('alice')?.activityName, 'Wrap-Up')
  })

  it('frees the agent whose task somebody completed while they talked', async () => {
    answers('alice', 1)
    const callSid = await dial()
    await centre.clock.advance(seconds(2))
    const sid = tasks()[0]?.sid ?? ''
    await workspace.tasks(sid).update({ assignmentStatus: 'completed', reason: 'supervisor' })
    await centre.clock.advance(seconds(60))
    assert.equal(statusOfLeg('client:alice'), 'in-progress')
    centre.twilio.phones.hangUp(callSid)
    await centre.clock.advance(seconds(5))
    assert.equal(worker('alice')?.activityName, 'Wrap-Up')
    await centre.clock.advance(seconds(5))
    assert.equal(worker('alice')?.activityName, 'Available')
  })

  it('lets the second caller wait until the only agent is out of wrap-up', async () => {
    for (const name of ['bob', 'carmen', 'diego']) await move(name, 'Offline')
    answers('alice', 1)
    const first = await dial('+12025550131')
    await centre.clock.advance(seconds(2))
    await dial('+12025550132')
    centre.twilio.phones.hangUp(first)
    await centre.clock.advance(seconds(9))
    const waiting = () => tasks().find(({ attributes }) => attributes['from'] === '+12025550132')
    assert.equal(waiting()?.status, 'pending')
    await centre.clock.advance(seconds(3))
    assert.deepEqual([waiting()?.status, waiting()?.workerName], ['assigned', 'alice'])
  })

  it('stops the phone of an agent who goes away and rejects what is pending', async () => {
    await dial()
    assert.equal(statusOfLeg('client:alice'), 'ringing')
    await move('alice', 'Offline', true)
    await centre.clock.settle()
    assert.equal(statusOfLeg('client:alice'), undefined)
    assert.equal(worker('alice')?.activityName, 'Offline')
  })

  it('rings several at once where the queue says so, and the first to answer has the call', async () => {
    const [queue] = await workspace.taskQueues.list({ friendlyName: 'English, first line' })
    assert.ok(queue)
    const { sid, targetWorkers } = queue
    await workspace.taskQueues(sid).update({ maxReservedWorkers: 4, targetWorkers: '1==1' })
    answers('bob', 3)
    answers('carmen', 4)
    await dial()
    const agents = ['alice', 'bob', 'carmen', 'diego']
    const statuses = () => agents.map((name) => statusOfLeg(`client:${name}`))
    assert.deepEqual(statuses(), ['ringing', 'ringing', 'ringing', 'ringing'])
    await centre.clock.advance(seconds(5))
    assert.deepEqual(statuses(), [undefined, 'in-progress', undefined, undefined])
    const reservations = workspace.tasks(tasks()[0]?.sid ?? '').reservations
    const [lost] = await reservations.list({ reservationStatus: 'rescinded' })
    await assert.rejects(
      reservations(lost?.sid ?? '').update({ reservationStatus: 'accepted' }),
      refused(410, 20410, /another worker accepted/),
    )
    await workspace.taskQueues(sid).update({ maxReservedWorkers: 1, targetWorkers })
  })
})
