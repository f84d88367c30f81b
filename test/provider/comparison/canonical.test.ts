import assert from 'node:assert/strict'
import {
  canonicalConfiguration,
  canonicalExpression,
  canonicalUrl,
} from '../../../provider/comparison/canonical.ts'

describe('canonicalExpression', () => {
  it('is the same for spellings of one meaning', () => {
    assert.equal(
      canonicalExpression('a=="b"  AND c HAS 1'),
      canonicalExpression("a == 'b' AND c HAS 1"),
    )
    assert.notEqual(canonicalExpression("a == 'b'"), canonicalExpression("a == 'B'"))
  })

  it('leaves alone what does not parse, and what is no text', () => {
    assert.equal(canonicalExpression(' a ==== b '), 'a ==== b')
    assert.equal(canonicalExpression(7), 7)
  })
})

describe('canonicalConfiguration', () => {
  it('takes numeric texts for numbers where TaskRouter does, and nowhere else', () => {
    const target = { timeout: '30', priority: '5', queue: 'WQ1', note: '7' }
    assert.deepEqual(canonicalConfiguration({ targets: [target] }), {
      targets: [{ timeout: 30, priority: 5, queue: 'WQ1', note: '7' }],
    })
    assert.deepEqual(canonicalConfiguration({ timeout: 'soon' }), { timeout: 'soon' })
  })
})

describe('canonicalUrl', () => {
  it('looks through the case of the host, its usual port and an empty path', () => {
    assert.equal(canonicalUrl('https://Example.com:443'), canonicalUrl('https://example.com/'))
    assert.notEqual(canonicalUrl('https://example.com/a'), canonicalUrl('https://example.com/A'))
    assert.equal(canonicalUrl('no address'), 'no address')
  })
})
