import assert from 'node:assert/strict'
import type { Beginning } from '../../../../../local/twilio/studio/execution/beginning.ts'
import type { Execution } from '../../../../../local/twilio/studio/execution/execution.ts'
import type { Arrival } from '../../../../../local/twilio/studio/execution/widget.ts'
import { receiveMessage } from '../../../../../local/twilio/studio/triggers/message-trigger.ts'

const CUSTOMER = '+12025550999'
const NUMBER = '+12025550100'
const published = {
  sid: 'FW1',
  revision: 2,
  definition: { states: [], initial_state: 'Trigger' },
  states: new Map(),
}

describe('receiveMessage', () => {
  let begun: Beginning[]
  let delivered: { to: Execution; arrival: Arrival }[]
  let active: Record<string, Execution[]>
  const text = { MessageSid: 'SM1', From: CUSTOMER, To: NUMBER, Body: 'Hi' }
  const post = (fields: Record<string, string>, flowSid = 'FW1') =>
    receiveMessage(
      { flowSid, fields, answering: { to: 'message', send: () => {} } },
      {
        engine: {
          begin(beginning) {
            begun.push(beginning)
            return {} as Execution
          },
          deliver: (to, { arrival }) => void delivered.push({ to, arrival }),
        },
        store: { active: (_, contact) => active[contact] ?? [] },
        flows: {
          find: (sid, revision) =>
            sid === 'FW1'
              ? { ...published, revision: revision === 'LatestDraft' ? 3 : 2 }
              : undefined,
          isTestUser: (_, contact) => contact === '+12025550998',
        },
        pace: { count: () => {} },
      },
    )

  beforeEach(() => {
    begun = []
    delivered = []
    active = {}
  })

  it('begins an execution of the published revision for a new contact', () => {
    assert.equal(post(text), true)
    const [{ startedBy, contact, channel, initiatedBy, trigger, flow } = assert.fail('none')] =
      begun
    assert.deepEqual(
      [startedBy, contact, channel, initiatedBy, flow.revision],
      ['message', CUSTOMER, NUMBER, 'SM1', 2],
    )
    assert.equal(trigger, text)
  })

  it('runs the newest draft for a test user', () => {
    post({ ...text, From: '+12025550998' })
    assert.equal(begun[0]?.flow.revision, 3)
  })

  it('goes to the latest active execution of the contact instead of beginning one', () => {
    const [older, newer] = [{ sid: 'FN1' } as Execution, { sid: 'FN2' } as Execution]
    active = { [CUSTOMER]: [older, newer] }
    post(text)
    assert.deepEqual(begun, [])
    assert.deepEqual(delivered, [
      { to: newer, arrival: { kind: 'message', source: 'message', fields: text } },
    ])
  })

  it('knows a conversation by its SID', () => {
    const fields = { ...text, MessageSid: 'IM1', ConversationSid: 'CH1', Author: CUSTOMER }
    post(fields)
    assert.deepEqual(
      [begun[0]?.startedBy, begun[0]?.conversationSid, begun[0]?.contact],
      ['conversation', 'CH1', CUSTOMER],
    )
    const execution = { sid: 'FN1' } as Execution
    active = { CH1: [execution] }
    post(fields)
    assert.deepEqual(delivered[0]?.arrival, { kind: 'message', source: 'conversation', fields })
  })

  it('is false for a flow that does not run', () => {
    assert.equal(post(text, 'FW2'), false)
  })
})
