import assert from 'node:assert/strict'
import type { ConsoleState } from '../../../local/console/index.ts'
import { toCallers, toDesks, toQueue } from '../../../local/console/page/centre-state.ts'

import type { HuntView } from '../../../schemas/index.ts'

type View = ConsoleState['view']

const now = Date.UTC(2026, 0, 5, 9)

const worker = (changes: Partial<View['workers'][number]> = {}): View['workers'][number] => ({
  sid: 'WK1',
  friendlyName: 'alice',
  contactUri: 'client:alice',
  attributes: { languages: ['es', 'en'], skills: ['billing'] },
  activitySid: 'WA1',
  activityName: 'Available',
  available: true,
  reservations: [],
  ...changes,
})

const task = (changes: Partial<View['tasks'][number]> = {}): View['tasks'][number] => ({
  sid: 'WT1',
  workflowSid: 'WW1',
  workflowName: 'Calls',
  queueSid: 'WQ1',
  queueName: 'Spanish, first line',
  status: 'pending',
  priority: 0,
  createdAt: now,
  filterName: 'Spanish',
  tier: 1,
  tiers: 3,
  tierEndsAt: now + 8_000,
  attributes: { from: '+12025550123', selected_language: 'es', call_sid: 'CA1' },
  workerName: null,
  ...changes,
})

const call = (changes: Partial<View['calls'][number]> = {}): View['calls'][number] => ({
  sid: 'CA1',
  parentCallSid: null,
  from: '+12025550123',
  to: '+12025550100',
  direction: 'inbound',
  status: 'in-progress',
  startedAt: now,
  answeredAt: now,
  endedAt: null,
  doing: null,
  ...changes,
})

const leg = (changes: Partial<View['calls'][number]> = {}) =>
  call({
    sid: 'CA2',
    direction: 'outbound-api',
    to: 'client:alice',
    status: 'ringing',
    answeredAt: null,
    ...changes,
  })

const reservation = (status: string) => ({
  sid: 'WR1',
  taskSid: 'WT1',
  status,
  createdAt: now,
  timeoutAt: now + 8_000,
})

function state(view: Partial<View>, more: Partial<ConsoleState> = {}): ConsoleState {
  const activities = [{ sid: 'WA1', friendlyName: 'Available', available: true }]
  return {
    view: {
      at: now,
      numbers: [],
      activities,
      workers: [],
      tasks: [],
      calls: [],
      conferences: [],
      ...view,
    },
    attended: [],
    unattended: {},
    wrapUpEndsAt: {},
    tierNames: { Calls: { Spanish: ['first line', 'everyone', 'anyone'] } },
    phoneProfiles: [],
    huntGroups: [],
    tickets: null,
    ...more,
  }
}

const offering: HuntView = {
  ...{ id: 'HU1', state: 'offering', why: null, group: null, reason: null, createdBy: null },
  ...{ createdAt: new Date(now).toISOString(), endedAt: null, conferenceSid: 'CF1' },
  ...{ customerCallSid: 'CA1', tier: 1, tierEndsAt: new Date(now + 20_000).toISOString() },
  agents: [{ workerSid: 'WK1', name: 'alice', state: 'offered', tier: 1, carriedOver: false }],
  ...{ tiers: [], seat: null, timeline: [] },
}

describe('toDesks', () => {
  const phase = (view: Partial<View>, more?: Partial<ConsoleState>) =>
    toDesks(state(view, more), new Set())[0]?.phase

  it('shows a ringing phone with its caller and the end of the reservation', () => {
    const workers = [worker({ reservations: [reservation('pending')] })]
    assert.deepEqual(phase({ workers, tasks: [task()], calls: [call(), leg()] }), {
      kind: 'ringing',
      callSid: 'CA2',
      caller: '+12025550123',
      endsAt: now + 8_000,
    })
  })

  it('shows the talk of the answered leg', () => {
    const workers = [worker({ reservations: [reservation('accepted')] })]
    const calls = [call(), leg({ answeredAt: now + 3_000, status: 'in-progress' })]
    assert.deepEqual(phase({ workers, tasks: [task({ status: 'assigned' })], calls }), {
      kind: 'talking',
      callSid: 'CA2',
      caller: '+12025550123',
      since: now + 3_000,
    })
  })

  it('shows wrap-up with its end once the leg is over', () => {
    const workers = [worker({ reservations: [reservation('wrapping')] })]
    const calls = [leg({ answeredAt: now, endedAt: now + 9_000 })]
    const tasks = [task({ status: 'wrapping' })]
    assert.deepEqual(phase({ workers, tasks, calls }, { wrapUpEndsAt: { WT1: now + 10_000 } }), {
      kind: 'wrap-up',
      taskSid: 'WT1',
      endsAt: now + 10_000,
    })
  })

  it('shows the seat that a hunt offers, until somebody has it', () => {
    const tasks = [task({ attributes: { hunt_id: 'HU1' } })]
    const shown = state({
      tasks,
      workers: [worker({ reservations: [reservation('pending')] })],
    })
    const phaseIn = (own: Partial<HuntView>) =>
      toDesks(shown, new Set(), [{ ...offering, ...own }])[0]?.phase
    assert.deepEqual(phaseIn({}), { kind: 'seat', huntId: 'HU1', endsAt: now + 20_000 })
    const seat = { workerSid: 'WK2', name: 'bob', phase: 'ringing', callSid: null } as const
    assert.deepEqual(phaseIn({ seat }), { kind: 'reserved', endsAt: null })
  })

  it('shows the customer of the hunt as the one who calls', () => {
    const calls = [call({ sid: 'CA7' }), leg({ from: '+12025550100' })]
    const tasks = [task({ attributes: { hunt_id: 'HU1' } })]
    const workers = [worker({ reservations: [reservation('accepted')] })]
    const hunts = [{ ...offering, customerCallSid: 'CA7' }]
    const [desk] = toDesks(state({ workers, tasks, calls }), new Set(), hunts)
    assert.equal(desk?.phase.kind === 'ringing' && desk.phase.caller, '+12025550123')
  })

  it('is idle with a worker who has nothing', () => {
    assert.deepEqual(phase({ workers: [worker()] }), { kind: 'idle' })
  })

  it('says who is at the desk', () => {
    const taken = state({ workers: [worker()] }, { attended: ['client:alice'] })
    assert.equal(toDesks(taken, new Set())[0]?.attendance, 'elsewhere')
    assert.equal(toDesks(taken, new Set(['client:alice']))[0]?.attendance, 'here')
    assert.equal(toDesks(state({ workers: [worker()] }), new Set())[0]?.attendance, 'nobody')
  })
})

describe('toQueue', () => {
  it('leaves out tasks of hunts: they wait for nobody in a queue', () => {
    const tasks = [task(), task({ sid: 'WT2', attributes: { hunt_id: 'HU1' } })]
    assert.deepEqual(
      toQueue(state({ tasks })).map(({ sid }) => sid),
      ['WT1'],
    )
  })

  it('puts the higher priority first, then the longer wait, and answered tasks last', () => {
    const tasks = [
      task({ sid: 'answered', status: 'assigned', priority: 50, createdAt: 1 }),
      task({ sid: 'young', createdAt: 3 }),
      task({ sid: 'old', createdAt: 2 }),
      task({ sid: 'urgent', priority: 5, createdAt: 4 }),
    ]
    assert.deepEqual(
      toQueue(state({ tasks })).map(({ sid }) => sid),
      ['urgent', 'old', 'young', 'answered'],
    )
  })

  it('names the tier as the workflow does, and the language in words', () => {
    const [row] = toQueue(state({ tasks: [task({ tier: 2 })] }))
    assert.equal(row?.tier?.name, 'everyone')
    assert.equal(row?.language, 'Spanish')
  })

  it('shows a task of the default filter without a tier', () => {
    const [row] = toQueue(state({ tasks: [task({ tier: null, tiers: null, filterName: null })] }))
    assert.equal(row?.tier, null)
  })
})

describe('toCallers', () => {
  it('lists the legs of callers only, live ones first', () => {
    const calls = [call({ sid: 'over', endedAt: now }), leg(), call({ sid: 'live' })]
    assert.deepEqual(
      toCallers(state({ calls })).map(({ sid }) => sid),
      ['live', 'over'],
    )
  })
})
