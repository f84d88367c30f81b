import assert from 'node:assert/strict'
import { parseFlags } from '../../../local/commands/command.ts'
import { pendingChoice, pendingFlags } from '../../../local/commands/pending-flags.ts'

const [a, b] = ['urn:pulumi:local::p::t::a', 'urn:pulumi:local::p::t::b']

function choose(...args: string[]) {
  const { values, positionals } = parseFlags('refresh', args, pendingFlags, 9)
  return pendingChoice('refresh', values, positionals)
}

describe('pendingChoice', () => {
  it('is nothing without flags', () => {
    assert.deepEqual(choose(), { clearPendingCreates: false, importPendingCreates: {} })
  })

  it('forgets all interrupted creations', () => {
    assert.equal(choose('--clear-pending-creates').clearPendingCreates, true)
  })

  it('takes objects over, in this spelling and in Pulumi’s', () => {
    const flag = '--import-pending-creates'
    const wanted = { [a]: 'WQ1', [b]: 'WS1/WQ2' }
    assert.deepEqual(choose(flag, a, 'WQ1', flag, b, 'WS1/WQ2').importPendingCreates, wanted)
    const spelling = [a, 'WQ1', b, 'WS1/WQ2'].flatMap((one) => [flag, one])
    assert.deepEqual(choose(...spelling).importPendingCreates, wanted)
  })

  it('refuses a URN without an id, an id without a URN, and anything else', () => {
    assert.throws(() => choose('--import-pending-creates', a), /wants a URN and the id/)
    assert.throws(() => choose('--import-pending-creates', 'WQ1', a), /wants a URN and the id/)
    assert.throws(() => choose('WQ1'), /Unexpected argument “WQ1”/)
  })
})
