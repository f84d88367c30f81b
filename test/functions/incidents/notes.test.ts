import assert from 'node:assert/strict'
import { end, endAll, person, startHunt, written } from './hunting.ts'

const agents = ['Ada', 'Ben'].map((name) => person(name, { assigned_to: name.toLowerCase() }))

describe('notes', () => {
  it('S3.18 say accepted only for 1, once', () => {
    const texts = (hunt: ReturnType<typeof end>) => JSON.stringify(written(hunt))
    const passedOn = endAll(startHunt(agents, [person('Mia')]), 'next', 'escalate')
    assert.doesNotMatch(texts(passedOn), /accepted/)
    const accepted = endAll(startHunt(agents), 'next', 'accepted')
    const comments = written(accepted).filter((fields) => 'comments' in fields)
    assert.deepEqual(comments, [
      { comments: 'Your incident was accepted by Ben.', state: '2', assigned_to: 'ben' },
    ])
  })

  it('S3.19 add a line an attempt: who, the number masked, the outcome and the time', () => {
    const [first] = written(end(startHunt(agents), 'noAnswer'))
    assert.deepEqual(first, {
      work_notes: 'Ada (engineer, ********0065), called at 2026-01-05 09:00:00 UTC: no answer',
    })
  })

  it('S3.19 add one line of comments at the end, however it ends', () => {
    const hunt = endAll(startHunt(agents), 'busy', 'machine')
    assert.equal(hunt.state, 'exhausted')
    assert.deepEqual(
      written(hunt).map((fields) => Object.keys(fields)),
      [['work_notes'], ['work_notes'], ['comments']],
    )
  })

  it('S3.19 leave out what is switched off', () => {
    const none = { workNotes: false, comments: false, state: false, assignedTo: false }
    const only = (writes: Partial<typeof none>) =>
      written(end(startHunt(agents, [], { writes: { ...none, ...writes } }), 'accepted'))
    assert.deepEqual(only({}), [])
    assert.deepEqual(only({ state: true }), [{ state: '2' }])
    assert.deepEqual(only({ assignedTo: true }), [{ assigned_to: 'ada' }])
  })

  it('differ in their keys, also between hunts for the same incident', () => {
    const keys = (at: number) =>
      endAll(startHunt(agents, [], {}, at), 'busy').notes.map((note) => note.key)
    const all = [...keys(1_000), ...keys(2_000)]
    assert.equal(new Set(all).size, all.length)
  })
})
