import assert from 'node:assert/strict'
import { type HuntingCentre, startHuntingCentre } from '../support/hunting.ts'
import { startWebhookTarget, type WebhookTarget } from '../support/webhook-target.ts'

describe('the end of a hunt', () => {
  let hunting: HuntingCentre
  let target: WebhookTarget
  before(async () => {
    hunting = await startHuntingCentre()
    target = await startWebhookTarget()
  })
  after(async () => {
    await hunting?.stop()
    await target?.close()
  })
  beforeEach(() => hunting.reset())
  afterEach(async () => {
    const { centre } = hunting
    centre.twilio.setFaults({})
    for (const call of centre.twilio.view().calls) {
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    }
    await hunting.seconds(60)
    const { body } = await centre.backOffice<{ hunts: unknown[] }>('GET', '/hunts')
    assert.deepEqual(body.hunts, [], 'no hunt is left open')
  })

  const workspace = async () => {
    const { workspaceSid } = await hunting.centre.engine.outputs()
    return hunting.centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
  }
  const huntTask = () =>
    hunting.centre.twilio
      .view()
      .tasks.find(
        ({ workflowName, status }) =>
          workflowName === 'Hunts' && ['pending', 'reserved'].includes(status),
      )?.sid ?? ''
  const customer = () =>
    hunting.centre.twilio.view().calls.find(({ sid }) => sid === hunting.customerCallSid())

  it('comes with the cancellation of its task, and keeps the reason', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice']) })
    const update = { assignmentStatus: 'canceled', reason: 'a supervisor was quicker' } as const
    await (await workspace()).tasks(huntTask()).update(update)
    await hunting.seconds(1)
    const { state, why } = await hunting.show(id)
    assert.equal(state, 'cancelled')
    assert.match(why ?? '', /a supervisor was quicker/)
  })

  it('comes with the deletion of its task', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
    await (await workspace()).tasks(huntTask()).remove()
    await hunting.seconds(1)
    assert.equal((await hunting.show(id)).state, 'cancelled')
    assert.deepEqual(hunting.offered(), [])
  })

  it('comes by request, and a second one changes nothing', async () => {
    const { centre } = hunting
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice', 'bob']) })
    const cancel = (reason: string) =>
      centre.backOffice<{ why: string }>('POST', `/hunts/${id}/cancel`, { reason })
    assert.equal((await cancel('no longer needed')).body.why, 'no longer needed')
    assert.deepEqual(hunting.offered(), [])
    assert.equal((await cancel('again')).body.why, 'no longer needed')
    assert.equal(await hunting.answer(id, 'alice', 'accept'), 'over')
  })

  it('comes by request also while a phone rings, which stops', async () => {
    hunting.centre.twilio.phones.setProfile({ address: 'client:alice', outcome: 'let-ring' })
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice']) })
    await hunting.answer(id, 'alice', 'accept')
    assert.deepEqual(hunting.legs(), ['alice ringing'])
    await hunting.centre.backOffice('POST', `/hunts/${id}/cancel`, {})
    await hunting.seconds(1)
    assert.deepEqual(hunting.legs(), [])
    assert.equal((await hunting.show(id)).state, 'cancelled')
  })

  it('comes when the overall time is over', async () => {
    const { id } = await hunting.start({
      tiers: hunting.tiers(['alice'], ['bob']),
      limitSeconds: 25,
    })
    await hunting.seconds(25)
    const { state, why } = await hunting.show(id)
    assert.deepEqual([state, why], ['exhausted', 'the overall time limit passed'])
  })

  it('sends the customer to the voicemail, where nobody took the seat', async () => {
    await hunting.start({ tiers: hunting.tiers(['alice']), fallback: { kind: 'voicemail' } })
    await hunting.seconds(21)
    assert.match(customer()?.doing ?? '', /Record/)
  })

  it('sends the customer to the queue', async () => {
    for (const name of ['alice', 'bob', 'carmen', 'diego']) await hunting.move(name, 'Offline')
    await hunting.start({ tiers: hunting.tiers(['alice']), fallback: { kind: 'queue' } })
    await hunting.seconds(3)
    assert.match(customer()?.doing ?? '', /Enqueue/)
  })

  it('leaves a task to call back', async () => {
    const text = 'asked for an account manager'
    await hunting.start({
      tiers: hunting.tiers(['alice']),
      fallback: { kind: 'callback', text },
    })
    await hunting.seconds(21)
    const [task] = hunting.centre.twilio
      .view()
      .tasks.filter(({ workflowName }) => workflowName === 'Calls')
    assert.equal(task?.attributes['type'], 'callback')
    assert.equal(task?.attributes['text'], text)
    await (await workspace()).tasks(task?.sid ?? '').remove()
  })

  it('is said in the conference by a declared group, and told to the originator', async () => {
    target.delivered.length = 0
    const notifyUrl = `${target.origin}/told`
    const { id } = await hunting.start({ group: 'account_managers', notifyUrl, createdBy: 'crm' })
    assert.deepEqual(hunting.offered(), ['alice', 'bob'])
    await hunting.seconds(20)
    assert.deepEqual(hunting.offered(), ['alice', 'bob', 'carmen', 'diego'])
    await hunting.seconds(31)
    assert.match(hunting.centre.story.join('\n'), /No account manager is free/)
    assert.equal(target.delivered.length, 1)
    const { timeline } = await hunting.show(id)
    const text = timeline.map((entry) => entry.text).join('\n')
    assert.match(text, /fallback: the message is said in the conference/)
    assert.match(text, /the originator is told/)
  })

  it('comes also when the functions are restarted in the middle', async () => {
    const { id } = await hunting.start({ tiers: hunting.tiers(['alice'], ['bob']) })
    await hunting.centre.takeOver()
    await hunting.seconds(20)
    assert.deepEqual(hunting.offered(), ['alice', 'bob'])
    assert.equal(await hunting.answer(id, 'bob', 'accept'), 'accepted')
    await hunting.centre.takeOver()
    // Also when the news of the answer meets nobody.
    await hunting.seconds(6)
    assert.equal((await hunting.show(id)).state, 'accepted')
  })

  it('leaves no task of a hunt that nobody knows', async () => {
    const attributes = { hunt_id: 'HU0', hunt_task: 'HU0_0', offered_to: [] }
    const workflow = (await (await workspace()).workflows.list({ friendlyName: 'Hunts' }))[0]
    const orphan = await (await workspace()).tasks.create({
      workflowSid: workflow?.sid ?? '',
      attributes: JSON.stringify(attributes),
    })
    await hunting.start({ tiers: hunting.tiers(['alice']) })
    await hunting.seconds(301)
    const left = hunting.centre.twilio.view().tasks.find(({ sid }) => sid === orphan.sid)
    assert(left === undefined || left.status === 'canceled')
  })

  it('is the same under Twilio’s worst', async () => {
    const { twilio } = hunting.centre
    twilio.setFaults({
      duplicateWebhooks: 1,
      reorderWebhooks: 0.5,
      statuses: { '503': 0.1, '429': 0.05 },
      resets: 0.05,
    })
    twilio.phones.setProfile({ address: 'client:alice', outcome: 'busy' })
    const { id } = await startPatiently()
    await hunting.answer(id, 'alice', 'accept')
    await hunting.seconds(15)
    for (let i = 0; i < 20 && (await hunting.show(id)).state === 'offering'; i++) {
      await hunting.answer(id, 'bob', 'accept')
      await hunting.seconds(5)
    }
    const { state, timeline } = await hunting.show(id)
    assert.equal(state, 'accepted', JSON.stringify(timeline, null, 1))
    assert.deepEqual(hunting.legs(), ['bob in-progress'])
  })

  /** As a back office does: again with the same key, until it is answered. */
  async function startPatiently() {
    const body = {
      ...{ conference: hunting.conference(), customerCallSid: hunting.customerCallSid() },
      tiers: hunting.tiers(['alice', 'bob'], ['carmen']).map((tier) => ({ ...tier, seconds: 60 })),
      idempotencyKey: 'patience',
    }
    for (;;) {
      const answer = await hunting.centre.backOffice<{ id: string }>('POST', '/hunts', body)
      await hunting.seconds(2)
      if (answer.status < 300) return answer.body
    }
  }
})
