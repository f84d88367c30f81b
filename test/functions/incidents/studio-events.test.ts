import assert from 'node:assert/strict'
import { studioEvents } from '../../../functions/incidents/studio-events.ts'
import { createSmallWorld, flowSid } from './small-world.ts'

const executionSid = `FN${'1'.repeat(32)}`
const ended = {
  specversion: '1.0',
  id: 'EZ1',
  type: 'com.twilio.studio.flow.execution.ended',
  time: '2026-01-05T09:00:00Z',
  data: { execution_sid: executionSid, flow_sid: flowSid, status: 'ended' },
}

describe('studioEvents', () => {
  const hear = async (body: unknown) => {
    const world = createSmallWorld()
    const webhook = {
      ...{ parameters: {}, query: new URLSearchParams(), headers: new Headers() },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }
    const { status } = await studioEvents(webhook, world.services)
    const told = world.jobs().filter(({ kind }) => kind === 'incident-execution')
    const archived = world.jobs().filter(({ kind }) => kind === 'archive')
    return { status, told, archived: archived.length }
  }
  const told = [{ kind: 'incident-execution', executionSid }]

  it('S3.11 hears of the end of an execution, alone or in an array', async () => {
    assert.deepEqual(await hear(ended), { status: 204, told, archived: 1 })
    assert.deepEqual(await hear([ended]), { status: 204, told, archived: 1 })
  })

  it('S3.12 ignores other flows and other types; they are archived all the same', async () => {
    const others = [
      { ...ended, id: 'EZ2', data: { ...ended.data, flow_sid: `FW${'2'.repeat(32)}` } },
      { ...ended, id: 'EZ3', type: 'com.twilio.studio.flow.execution.started' },
      { ...ended, id: 'EZ4', type: 'com.twilio.studio.flow.step.ended' },
    ]
    assert.deepEqual(await hear(others), { status: 204, told: [], archived: 3 })
  })

  it('does not have a batch sent again for one that is no event', async () => {
    assert.deepEqual(await hear([null, 'text', ended]), { status: 204, told, archived: 1 })
    await assert.rejects(hear('no JSON'), { name: 'InvalidInput' })
  })
})
