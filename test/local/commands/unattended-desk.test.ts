import assert from 'node:assert/strict'
import { answerAtDesk } from '../../../local/commands/unattended-desk.ts'

describe('answerAtDesk', () => {
  const address = 'client:alice'

  it('accepts where the phone would answer, after the same time', () => {
    const profiles = [{ address, outcome: 'answer', afterSeconds: 3 }] as const
    assert.deepEqual(answerAtDesk(address, profiles), { answer: 'accept', afterSeconds: 3 })
  })

  it('rejects where the phone would decline or be busy', () => {
    const wanted = { answer: 'reject', afterSeconds: 1 }
    assert.deepEqual(answerAtDesk(address, [{ address, outcome: 'decline' }]), wanted)
    assert.deepEqual(answerAtDesk(address, [{ address, outcome: 'busy' }]), wanted)
  })

  it('lets the offer run out where nobody would pick up', () => {
    assert.equal(answerAtDesk(address, [{ address, outcome: 'let-ring' }]), undefined)
    assert.equal(answerAtDesk(address, [{ address, outcome: 'machine' }]), undefined)
    assert.equal(answerAtDesk(address, []), undefined, 'a client that nobody registered')
  })

  it('takes it that a number outside answers', () => {
    assert.equal(answerAtDesk('+12025550124', [])?.answer, 'accept')
  })
})
