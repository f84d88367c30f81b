import assert from 'node:assert/strict'
import { findAgent } from '../../studio-flows/index.ts'

describe('findAgent', () => {
  const widget = (name: string) => {
    const found = findAgent.definition.states.find((state) => state.name === name)
    assert(found, name)
    return found.properties as Readonly<Record<string, unknown>>
  }

  it('S3.4 rings for 60 s', () => {
    assert.equal(widget('call_agent')['timeout'], 60)
  })

  it('S3.4 says name and ticket, and takes one key within 10 s, or none ended by #', () => {
    const { say, timeout, number_of_digits, finish_on_key } = widget('menu')
    assert.match(String(say), /selected_agent\.name.*ticket_no.*1 to accept.*2 for.*3 to escalate/)
    assert.deepEqual([timeout, number_of_digits, finish_on_key], [10, 1, '#'])
  })

  it('S3.5 thanks who accepts', () => {
    assert.match(String(widget('thanks')['say']), /Thank you/)
  })
})
