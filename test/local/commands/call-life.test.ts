import assert from 'node:assert/strict'
import { followCall } from '../../../local/commands/call-life.ts'
import type { ConsoleMessage, ConsoleRequest, ConsoleState } from '../../../local/console/index.ts'

type View = ConsoleState['view']
type Call = View['calls'][number]
type Task = View['tasks'][number]

const at = Date.UTC(2026, 0, 5, 9)
const callSid = `CA${'1'.repeat(32)}`

const leg = (changes: Partial<Call>): Call => ({
  sid: callSid,
  parentCallSid: null,
  from: '+12025550123',
  to: '+12025550100',
  direction: 'inbound',
  status: 'in-progress',
  startedAt: at,
  answeredAt: at,
  endedAt: null,
  doing: null,
  ...changes,
})

function state(calls: readonly Call[], tasks: readonly Partial<Task>[] = []): ConsoleMessage {
  const view = {
    at,
    numbers: [{ phoneNumber: '+12025550100', friendlyName: 'Main line' }],
    activities: [],
    workers: [],
    tasks: tasks as readonly Task[],
    calls,
    conferences: [],
  }
  return {
    kind: 'state',
    state: {
      ...{ view, attended: [], unattended: {}, wrapUpEndsAt: {}, tierNames: {} },
      ...{ phoneProfiles: [], huntGroups: [], tickets: null },
    },
  }
}

const event = (text: string, sid = callSid, name = 'call.something'): ConsoleMessage => ({
  kind: 'event',
  event: { at, kind: 'call', name, callSid: sid, text },
})

async function follow(messages: readonly ConsoleMessage[], digits = '') {
  const lines: string[] = []
  const requests: ConsoleRequest[] = []
  const code = await followCall({
    messages: (async function* () {
      yield* messages
    })(),
    send: (request) => requests.push(request),
    print: (line) => lines.push(line),
    schedule: () => () => {},
    from: '+12025550123',
    digits,
    talkSeconds: 60,
    waitSeconds: 120,
  })
  return { code, lines, requests }
}

describe('followCall', () => {
  const placed: ConsoleMessage = { kind: 'done', id: 1, callSid }
  const assigned = { status: 'assigned', attributes: { call_sid: callSid } } as const
  const over = state([leg({ status: 'completed', endedAt: at + 9_000 })])

  it('ends with 0 when the call was answered and completed', async () => {
    const { code, lines } = await follow([
      state([]),
      placed,
      event('alice’s phone rings'),
      state([leg({})], [assigned]),
      over,
    ])
    assert.equal(code, 0)
    assert(lines.some((line) => line.includes('alice’s phone rings')))
    assert.match(lines.at(-1) ?? '', /completed, answered, 9 s/)
  })

  it('ends with 1 when nobody answered', async () => {
    assert.equal((await follow([state([]), placed, over])).code, 1)
  })

  it('ends with 1 when the centre refuses the call, and prints why', async () => {
    const refusal: ConsoleMessage = { kind: 'refused', id: 1, message: '+1 is not our number' }
    const { code, lines } = await follow([state([]), refusal])
    assert.equal(code, 1)
    assert(lines.includes('+1 is not our number'))
  })

  it('presses the keys once, when the menu asks for them', async () => {
    const menu = event('the caller may press keys', callSid, 'call.gather')
    const { requests } = await follow([state([]), placed, event('Welcome'), menu, menu, over], '2')
    assert.deepEqual(
      requests.filter(({ kind }) => kind === 'press'),
      [{ id: 2, kind: 'press', callSid, digits: '2' }],
    )
  })

  it('leaves out what concerns other calls', async () => {
    const { lines } = await follow([
      state([]),
      placed,
      event('somebody else', `CA${'2'.repeat(32)}`),
      over,
    ])
    assert(!lines.some((line) => line.includes('somebody else')))
  })

  it('ends with 1 when the centre goes away', async () => {
    assert.equal((await follow([state([]), placed])).code, 1)
  })
})
