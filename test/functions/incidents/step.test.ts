import assert from 'node:assert/strict'
import { begin, nextEffect } from '../../../functions/incidents/effect.ts'
import { longestAttemptMs, step } from '../../../functions/incidents/step.ts'
import { calledNow, end, endAll, person, ring, startHunt, startMs, toldEnded } from './hunting.ts'

const agents = ['Ada', 'Ben', 'Cleo'].map((name) => person(name))
const managers = ['Mia', 'Noah'].map((name) => person(name))

describe('step', () => {
  it('S3.1 rings the first entry of agent_list, in the order of `index`', () => {
    assert.equal(calledNow(startHunt(agents)), 'Ada')
    const numbered = [person('Ada', { index: 1 }), person('Ben', { index: 0 })]
    assert.equal(calledNow(startHunt(numbered)), 'Ben')
  })

  it('S3.5 ends with 1, calls the next agent for 2 and the next of escalation_list for 3', () => {
    const hunt = startHunt(agents, managers)
    assert.equal(end(hunt, 'accepted').state, 'accepted')
    assert.equal(calledNow(end(hunt, 'next')), 'Ben')
    assert.equal(calledNow(end(hunt, 'escalate')), 'Mia')
  })

  it('S3.6 escalates to the next of escalation_list, wherever it is in agent_list', () => {
    // The original dialled escalation_list[index]: Noah, while it announced Mia.
    const second = end(startHunt(agents, managers), 'next')
    const escalated = end(second, 'escalate')
    assert.equal(calledNow(escalated), 'Mia')
    assert.deepEqual([escalated.index, escalated.escalationIndex], [1, 0])
    assert.equal(calledNow(end(escalated, 'escalate')), 'Noah')
  })

  it('S3.7 ends as exhausted behind either list', () => {
    const behindAgents = endAll(startHunt(agents, managers), 'next', 'next', 'next')
    assert.equal(behindAgents.state, 'exhausted')
    assert.equal(behindAgents.why, 'No available agents to accept the ticket')
    const behindEscalation = endAll(
      startHunt([person('Ada')], managers),
      'escalate',
      'escalate',
      'escalate',
    )
    assert.equal(behindEscalation.state, 'exhausted')
    assert.equal(behindEscalation.attempt, null)
  })

  it('S3.7 goes on to the escalation list behind the agents, where it is told to', () => {
    const hunt = startHunt(agents, managers, { afterAgents: 'escalate' })
    assert.equal(calledNow(endAll(hunt, 'next', 'noAnswer', 'next')), 'Mia')
  })

  it('S3.8 goes on to the next for every way in which nobody decides', () => {
    const ways = ['busy', 'noAnswer', 'failed', 'machine', 'silence', 'otherKey', 'hungUp'] as const
    const next = ways.map((way) => calledNow(end(startHunt(agents, managers), way)))
    assert.deepEqual(
      next,
      ways.map(() => 'Ben'),
    )
  })

  it('S3.8 does what is configured for each', () => {
    const rules = { consequences: { busy: 'escalate', machine: 'stop' } } as const
    const hunt = startHunt(agents, managers, rules)
    assert.equal(calledNow(end(hunt, 'busy')), 'Mia')
    assert.equal(end(hunt, 'machine').state, 'exhausted')
    assert.equal(calledNow(end(hunt, 'silence')), 'Ben')
  })

  it('S3.9 tries agents who were not asked yet when the escalation list is used up', () => {
    const hunt = endAll(startHunt(agents, managers), 'escalate', 'escalate', 'escalate')
    assert.equal(calledNow(hunt), 'Ben')
    assert.equal(endAll(hunt, 'next', 'next').state, 'exhausted')
  })

  it('S3.9 keeps to the rounds, the attempts for each person and the total time', () => {
    const one = [person('Ada')]
    const twice = startHunt(one, [], { rounds: 3 })
    assert.equal(endAll(twice, 'noAnswer', 'noAnswer').state, 'exhausted')
    assert.equal(endAll(twice, 'noAnswer', 'noAnswer').attempts.length, 2)
    const often = startHunt(one, [], { rounds: 3, attemptsPerPerson: 9 })
    assert.equal(endAll(often, 'noAnswer', 'noAnswer', 'noAnswer').attempts.length, 3)
    const short = end(startHunt(agents, [], { totalMinutes: 1 }), 'noAnswer', startMs + 61_000)
    assert.equal(short.state, 'exhausted')
    assert.equal(short.why, 'the time for this hunt is over')
  })

  it('S3.9 ends by its time also when Twilio is away', () => {
    const away = { kind: 'twilio-away', reason: 'no answer' } as const
    const hunt = step(startHunt(agents, [], { totalMinutes: 1 }), away, startMs)
    assert.equal(step(hunt, { kind: 'tick' }, startMs + 59_000).state, 'hunting')
    assert.equal(step(hunt, { kind: 'tick' }, startMs + 60_000).state, 'exhausted')
  })

  it('S3.9 counts somebody who is in both lists once', () => {
    const hunt = startHunt([person('Ada')], [person('Ada')], { attemptsPerPerson: 1 })
    assert.equal(end(hunt, 'escalate').state, 'exhausted')
  })

  it('S3.10 looks at an execution as soon as it is told that it has ended', () => {
    const hunt = ring(startHunt(agents))
    assert.equal(nextEffect(hunt, startMs + 5_000)?.kind, 'watch')
    const told = step(hunt, toldEnded(hunt), startMs + 5_000)
    assert.equal(nextEffect(told, startMs + 5_000)?.kind, 'look-execution')
  })

  it('S3.12 calls nobody for news of an attempt that is over', () => {
    const first = ring(startHunt(agents))
    const duplicate = toldEnded(first)
    const second = ring(end(first, 'next'))
    assert.deepEqual(step(second, duplicate, startMs + 9_000), second)
    const late = { kind: 'outcome', number: 1, outcome: 'next' } as const
    assert.deepEqual(step(second, late, startMs + 9_000), second)
  })

  it('starts an execution again once lists must know it and do not, at once where nothing was sent', () => {
    const hunt = startHunt(agents)
    const { attempt } = hunt
    assert(attempt)
    begin(hunt, { kind: 'start-execution', attempt }, startMs)
    assert.equal(nextEffect(hunt, startMs + 2_000)?.kind, 'find-execution')
    const notThere = { kind: 'no-execution', number: 1 } as const
    const once = step(hunt, notThere, startMs + 2_000)
    assert.equal(once.attempt?.lookAt, startMs + 6_000)
    const twice = step(once, notThere, startMs + 6_000)
    assert.equal(twice.attempt?.lookAt, startMs + 14_000)
    const none = step(twice, notThere, startMs + 14_000)
    assert.equal(nextEffect(none, startMs + 14_000)?.kind, 'start-execution')
    const unsent = step(hunt, { kind: 'not-sent', number: 1 }, startMs)
    assert.equal(nextEffect(unsent, startMs)?.kind, 'start-execution')
    const refused = { kind: 'no-execution', number: 1, refused: true } as const
    const behind = step(hunt, refused, startMs + 2_000)
    assert.equal(behind.attempt?.lookAt, startMs + 4_000)
    assert.equal(nextEffect(behind, startMs + 9_000)?.kind, 'find-execution')
  })

  it('follows the later of two executions for one attempt, which is the one that rings', () => {
    const hunt = ring(startHunt(agents))
    const later = step(hunt, { kind: 'execution', number: 1, sid: 'FN9' }, startMs + 20_000)
    assert.equal(later.attempt?.executionSid, 'FN9')
    const again = step(later, { kind: 'execution', number: 1, sid: 'FN9' }, startMs + 30_000)
    assert.deepEqual(again, later)
  })

  it('looks for an execution by itself when no event comes, and ends one that never ends', () => {
    let hunt = ring(startHunt(agents))
    let now = startMs
    for (let looks = 0; hunt.attempt?.phase === 'live'; looks++) {
      assert(looks < 20)
      now = Math.max(now, hunt.attempt.lookAt)
      assert.equal(nextEffect(hunt, now)?.kind, 'look-execution')
      hunt = step(hunt, { kind: 'still-active', number: 1 }, now)
    }
    assert(now - startMs <= longestAttemptMs + 30_000)
    assert.equal(nextEffect(hunt, now)?.kind, 'end-execution')
  })

  it('S3.22 stops when the incident is resolved, and has the ringing call ended', () => {
    const seen = { kind: 'incident-seen', resolved: true, assignee: '' } as const
    const hunt = step(ring(startHunt(agents)), seen, startMs + 10_000)
    assert.equal(hunt.state, 'stopped')
    assert.equal(nextEffect(hunt, startMs + 10_000)?.kind, 'end-execution')
    const over = step(hunt, { kind: 'outcome', number: 1, outcome: 'noAnswer' }, startMs + 11_000)
    assert.equal(over.attempts[0]?.outcome, 'stopped')
    assert.equal(over.attempt, null)
  })

  it('S3.22 stops when somebody is assigned by hand, not for who had it from the start', () => {
    const seen = (assignee: string) =>
      ({ kind: 'incident-seen', resolved: false, assignee }) as const
    const hunt = step(ring(startHunt(agents)), seen('group lead'), startMs + 1)
    assert.equal(hunt.state, 'hunting')
    assert.equal(step(hunt, seen(''), startMs + 2).state, 'hunting')
    assert.equal(step(hunt, seen('somebody'), startMs + 3).state, 'stopped')
  })

  it('S3.23 leaves out who is off call, and says so', () => {
    const days = [{ days: [6, 7], from: '08:00', to: '20:00' }]
    const weekend = person('Ada', { on_call: { time_zone: 'Europe/Madrid', open: days } })
    const hunt = startHunt([weekend, person('Ben')])
    assert.equal(calledNow(hunt), 'Ben')
    assert.match(hunt.notes[0]?.fields['work_notes'] ?? '', /Ada .* left out .* not on call now/)
    const saturday = Date.UTC(2026, 0, 10, 9)
    assert.equal(calledNow(startHunt([weekend], [], {}, saturday)), 'Ada')
  })

  it('S3.23 asks TaskRouter about workers first, and leaves out who is not available', () => {
    const hunt = startHunt([person('Ada', { worker_sid: `WK${'1'.repeat(32)}` }), person('Ben')])
    assert.equal(nextEffect(hunt, startMs)?.kind, 'look-worker')
    const there = step(hunt, { kind: 'worker', number: 1, whyNot: null }, startMs)
    assert.equal(nextEffect(there, startMs)?.kind, 'start-execution')
    const away = step(hunt, { kind: 'worker', number: 1, whyNot: 'is Offline' }, startMs)
    assert.equal(calledNow(away), 'Ben')
    assert.match(away.notes[0]?.fields['work_notes'] ?? '', /Ada .* is Offline/)
  })
})
