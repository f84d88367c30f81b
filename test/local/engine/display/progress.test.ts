import assert from 'node:assert/strict'
import { createPaint } from '../../../../local/engine/display/paint.ts'
import { renderEvent } from '../../../../local/engine/index.ts'

const plain = createPaint(false)
const urn = 'urn:pulumi:dev::p::twilio:taskrouter:Workflow::calls'

describe('renderEvent', () => {
  it('names the resource that something is said about', () => {
    const message = 'Billing: tier 2 timeout 30 s → 60 s'
    const said = (about: string, severity: 'info' | 'warning') =>
      renderEvent({ kind: 'diagnostic', diagnostic: { severity, message, urn: about } }, plain)
    assert.equal(said(urn, 'info'), `calls: ${message}`)
    assert.equal(said(urn, 'warning'), `warning: calls: ${message}`)
    assert.equal(said('', 'info'), message)
  })
})
