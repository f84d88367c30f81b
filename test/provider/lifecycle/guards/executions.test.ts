import assert from 'node:assert/strict'
import { startEngine } from '../../engine/engine.ts'
import { assertGone, sidOf, useTwilio } from '../../engine/story.ts'

const type = 'twilio:studio:Flow'

describe('a deletion of a flow', () => {
  const story = useTwilio()
  const executions = (flowSid: string) => story.twilio.sdk.studio.v2.flows(flowSid).executions

  before(() => story.twilio.sdk.incomingPhoneNumbers.create({ phoneNumber: '+12025550100' }))

  const declare = async (friendlyName: string) =>
    (
      await story.engine.up(type, undefined, {
        friendlyName,
        status: 'published',
        definition: waiting,
      })
    ).state

  it('is refused with the executions under way in it, and goes through when they have ended', async () => {
    const flow = await declare('Survey')
    const flowSid = sidOf(flow)
    const first = await executions(flowSid).create({ to: '+12025550131', from: '+12025550100' })
    await executions(flowSid).create({ to: '+12025550132', from: '+12025550100' })
    story.twilio.forget()
    await assert.rejects(
      story.engine.destroy(type, flow),
      /Flow “Survey” \(FW\w+\) is not deleted: 2 executions are under way in it\. Let them end, or end them; .*With TWILIO_FORCE=true/,
    )
    assert.deepEqual(story.twilio.writes(), [])
    const { notes } = await story.engine.invoke('twilio:index:getDeletionNotes', {
      deletions: [{ urn: 'urn:of:Flow', type, id: flow.id, properties: flow.outputs }],
    })
    const [note] = notes as { readonly message: string; readonly blocks: boolean }[]
    assert.match(String(note?.message), /^2 executions are under way in it, so it is not deleted/)
    assert.equal(note?.blocks, true)

    await executions(flowSid)(first.sid).update({ status: 'ended' })
    await assert.rejects(story.engine.destroy(type, flow), /1 execution is under way in it/)
    for (const { sid } of await executions(flowSid).list()) {
      await executions(flowSid)(sid).update({ status: 'ended' })
    }
    await story.engine.destroy(type, flow)
    await assertGone(story, type, flow)
  })

  it('ends them with force', async () => {
    const flow = await declare('Forced survey')
    await executions(sidOf(flow)).create({ to: '+12025550133', from: '+12025550100' })
    const forced = await startEngine(story.twilio.url, { TWILIO_FORCE: 'true' })
    story.twilio.forget()
    await forced.destroy(type, flow)
    forced.close()
    assert.deepEqual(
      story.twilio.writes().map(({ method, form }) => [method, form.get('Status')]),
      [
        ['POST', 'ended'],
        ['DELETE', null],
      ],
    )
    await assertGone(story, type, flow)
  })
})

// Sends a message, and waits for the answer.
const waiting = {
  description: 'A survey',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      transitions: [{ next: 'ask', event: 'incomingRequest' }],
      properties: {},
    },
    {
      name: 'ask',
      type: 'send-and-wait-for-reply',
      transitions: [
        { event: 'incomingMessage' },
        { event: 'timeout' },
        { event: 'deliveryFailure' },
      ],
      properties: {
        from: '{{flow.channel.address}}',
        to: '{{contact.channel.address}}',
        body: 'How was it?',
        timeout: '3600',
      },
    },
  ],
  initial_state: 'Trigger',
}
