import assert from 'node:assert/strict'
import type {
  InstructedReservation,
  TaskRouterForVoice,
} from '../../../../local/twilio/instructions.ts'
import { type Centre, caller, openCentre, ownNumber, response } from './centre.ts'

const workflowSid = `WW${'1'.repeat(32)}`
const reservation: InstructedReservation = {
  workspaceSid: `WS${'1'.repeat(32)}`,
  reservationSid: `WR${'1'.repeat(32)}`,
  taskSid: `WT${'1'.repeat(32)}`,
  taskAttributes: {},
  workerSid: `WK${'1'.repeat(32)}`,
  workerAttributes: { contact_uri: 'client:bob' },
  workerFriendlyName: 'Bob',
}

describe('createVoice', () => {
  let centre: Centre
  let asked: string[]
  let attributes: Record<string, unknown>

  beforeEach(async () => {
    asked = []
    let status: 'pending' | 'accepted' | 'canceled' = 'pending'
    const taskRouter: TaskRouterForVoice = {
      enqueue(call) {
        asked.push(`enqueue ${call.workflowSid === workflowSid} priority ${call.priority}`)
        attributes = { ...call.attributes }
        return { workspaceSid: reservation.workspaceSid, taskSid: reservation.taskSid }
      },
      callLeftQueue: (_, reason) => void asked.push(`left ${reason}`),
      callEnded: () => void asked.push('ended'),
      reservation: () => ({ ...reservation, status }),
      acceptReservation() {
        status = 'accepted'
        asked.push('accept')
      },
      cancelReservation: () => void asked.push('cancel'),
      mergeTaskAttributes: (_, patch) => void asked.push(`merge ${Object.keys(patch)}`),
      setWorkerActivity: (_, activitySid) => void asked.push(`activity ${activitySid}`),
    }
    centre = await openCentre({ taskRouter })
    centre.on(
      '/incoming',
      response('<Gather numDigits="1" action="/enqueue"><Say>Press 1 for English</Say></Gather>'),
    )
    centre.on(
      '/enqueue',
      response(
        `<Enqueue workflowSid="${workflowSid}" waitUrl="/wait" action="/left"><Task priority="5">{"selected_language": "en"}</Task></Enqueue>`,
      ),
    )
    centre.on('/wait', response('<Say>Please hold</Say><Pause length="5"/>'))
    centre.on('/left', response('<Say>Bye</Say>'))
  })
  afterEach(() => centre.close())

  it('takes a call from the menu through the queue to a worker who answers', async () => {
    const { voice, clock, story } = centre
    voice.phones.setProfile({ address: 'client:bob', afterSeconds: 3, hangUpAfterSeconds: 20 })
    const sid = await centre.dial()
    assert.equal(centre.status(sid), 'in-progress')
    await clock.advance(500)
    voice.phones.press(sid, '1')
    await clock.settle()
    assert.partialDeepStrictEqual(centre.to('/enqueue')[0]?.fields, {
      Digits: '1',
      FinishedOnKey: '',
      From: caller,
      To: ownNumber,
      CallStatus: 'in-progress',
      Direction: 'inbound',
    })
    assert.equal(attributes['selected_language'], 'en')
    assert.equal(attributes['call_sid'], sid)
    await clock.advance(7_000)
    assert.partialDeepStrictEqual(centre.to('/wait')[1]?.fields, {
      QueuePosition: '1',
      QueueTime: '5',
      CurrentQueueSize: '1',
      MaxQueueSize: '100',
    })
    voice.instruct(reservation, { kind: 'dequeue', parameters: { post_work_activity_sid: 'WA1' } })
    await clock.advance(3_000)
    assert.deepEqual(asked, ['enqueue true priority 5', 'accept', 'merge worker_call_sid'])
    await clock.advance(20_000)
    assert.deepEqual(asked.slice(3), ['ended', 'activity WA1'])
    assert.partialDeepStrictEqual(centre.to('/left')[0]?.fields, {
      QueueResult: 'bridged',
      QueueTime: '10',
    })
    await clock.advance(1_000)
    assert.equal(centre.status(sid), 'completed')
    assert.deepEqual(story, [
      `${caller} calls ${ownNumber}`,
      'caller may press keys',
      'caller hears: Press 1 for English',
      'caller pressed 1',
      'caller waits for an agent',
      'caller hears: Please hold',
      'caller hears silence for 5 s',
      'caller hears: Please hold',
      'caller hears silence for 5 s',
      'rings client:bob',
      `client:bob answered, talking to ${caller}`,
      'client:bob is off the line (completed)',
      'caller hears: Bye',
      'caller is off the line (completed)',
    ])
  })
})
