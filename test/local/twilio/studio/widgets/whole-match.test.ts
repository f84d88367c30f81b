import assert from 'node:assert/strict'
import { matchesWhole } from '../../../../../local/twilio/studio/widgets/whole-match.ts'

describe('matchesWhole', () => {
  it('matches the whole text, in any case', () => {
    assert.equal(matchesWhole('[1-5]', '3'), true)
    assert.equal(matchesWhole('[1-5]', '6'), false)
    assert.equal(matchesWhole('yes|no', 'NO'), true)
    assert.equal(matchesWhole('yes|no', 'no!'), false)
    assert.equal(matchesWhole('[a-z0-9._%+-]+@[a-z.-]+', 'ada@example.com'), true)
  })

  it('reads what Java spells differently', () => {
    assert.equal(matchesWhole('(?i)\\Ayes\\z', 'Yes'), true)
    assert.equal(matchesWhole('\\Qa.b(\\E\\d', 'a.b(1'), true)
    assert.equal(matchesWhole('\\Qa.b\\E', 'axb'), false)
    assert.equal(matchesWhole('\\p{Alpha}+\\h[\\p{Digit}_]+', 'room 4_2'), true)
    assert.equal(matchesWhole('\\p{Punct}', '['), true)
    assert.equal(matchesWhole('[\\]\\h]+', '] '), true)
    assert.equal(matchesWhole('(?<n>a)\\k<n>', 'aa'), true)
  })

  it('throws for what is no pattern', () => {
    for (const pattern of ['(', '[a', 'a**', '\\p{Elvish}']) {
      assert.throws(() => matchesWhole(pattern, 'a'), /SyntaxError|no class/, pattern)
    }
  })

  it('throws for what would try for ever', () => {
    assert.throws(() => matchesWhole('(a+)+', `${'a'.repeat(60)}!`), /timed out/)
  })
})
