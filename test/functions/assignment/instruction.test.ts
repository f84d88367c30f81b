import assert from 'node:assert/strict'
import { decide } from '../../../functions/assignment/instruction.ts'
import { readConfiguration, type Settings } from '../../../functions/index.ts'
import type { AssignmentRequest, CentreSettings } from '../../../schemas/index.ts'
import { appEnvironment, centre, sids } from '../../support/centre-settings.ts'

const request: AssignmentRequest = {
  ReservationSid: sids.reservation,
  TaskSid: sids.task,
  WorkerSid: sids.worker,
  WorkflowSid: sids.workflow,
  WorkerName: 'alice',
  WorkerAttributes: '{"languages":["en"],"contact_uri":"client:alice"}',
  TaskAttributes: `{"call_sid":"${sids.call}","selected_language":"en"}`,
}

function settingsOf(own: Record<string, string> = {}, settings?: CentreSettings): Settings {
  const configuration = readConfiguration(appEnvironment(own, settings))
  assert.ok(configuration.kind === 'configured')
  return configuration.settings
}

describe('decide', () => {
  it('dequeues a call to the worker and names the activity that follows', () => {
    assert.deepEqual(decide(request, settingsOf()).instruction, {
      instruction: 'dequeue',
      from: '+12025550100',
      post_work_activity_sid: sids.wrapUp,
    })
  })

  it('rings as long as the settings say', () => {
    const { instruction } = decide(request, settingsOf({}, { ...centre, ringSeconds: 45 }))
    assert.equal(instruction['timeout'], 45)
  })

  it('uses a conference where the workflow asks for one', () => {
    const instructions = { [sids.workflow]: 'conference' as const }
    const { instruction } = decide(request, settingsOf({}, { ...centre, instructions }))
    assert.equal(instruction.instruction, 'conference')
    assert.equal(instruction['from'], '+12025550100')
    assert.equal(instruction['end_conference_on_exit'], true)
    assert.equal(instruction['status_callback'], 'https://centre.example/call-status')
    assert.equal(instruction['conference_record'], 'do-not-record')
    const recording = { ...centre, instructions, recordConferences: true }
    assert.equal(
      decide(request, settingsOf({}, recording)).instruction['conference_record'],
      'record-from-start',
    )
  })

  it('accepts what is not a call', () => {
    const chat = { ...request, TaskAttributes: '{"channel":"chat"}' }
    assert.deepEqual(decide(chat, settingsOf()).instruction, { instruction: 'accept' })
    const named = { ...request, TaskChannelUniqueName: 'sms' }
    assert.deepEqual(decide(named, settingsOf()).instruction, { instruction: 'accept' })
  })

  it('rejects for a worker whom nobody can call, and takes them out of the way', () => {
    const settings = settingsOf({ OFFLINE_ACTIVITY_SID: sids.offline })
    for (const WorkerAttributes of ['{}', '{"contact_uri":"alice"}', '{"contact_uri":7}']) {
      const { instruction, misconfigured } = decide({ ...request, WorkerAttributes }, settings)
      assert.deepEqual(instruction, { instruction: 'reject', activity_sid: sids.offline })
      assert.match(misconfigured ?? '', /contact_uri/)
    }
  })

  it('stands broken JSON in either field', () => {
    const worker = decide({ ...request, WorkerAttributes: '{' }, settingsOf())
    assert.equal(worker.instruction.instruction, 'reject')
    const task = decide({ ...request, TaskAttributes: '{' }, settingsOf())
    assert.equal(task.instruction.instruction, 'dequeue')
  })
})
