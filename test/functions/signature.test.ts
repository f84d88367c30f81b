import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import twilio from 'twilio'
import { isSignedBy } from '../../functions/signature.ts'

const token = '12345'
const caller = { Caller: '+14158675309', From: '+14158675309' }
const parameters = { CallSid: 'CA1234567890ABCDE', ...caller, Digits: '1234', To: '+18005551212' }

describe('isSignedBy', () => {
  it('accepts the published vector of a form with a plus in its values', () => {
    const request = {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
      parameters,
      body: '',
    }
    assert.equal(isSignedBy([token], request), true)
    assert.equal(isSignedBy(['54321'], request), false)
    assert.equal(isSignedBy(['54321', token], request), true)
    assert.equal(
      isSignedBy([token], { ...request, parameters: { ...parameters, Digits: '1' } }),
      false,
    )
    assert.equal(isSignedBy([token], { ...request, url: `${request.url}&baz=3` }), false)
    assert.equal(isSignedBy([token], { ...request, signature: '' }), false)
  })

  it('accepts the published vector of a repeated name', () => {
    const request = {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      signature: 'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
      parameters: { Sid: 'CA123', SidAccount: 'AC123', Digits: ['5678', '1234', '1234'] },
      body: '',
    }
    assert.equal(isSignedBy([token], request), true)
  })

  it('accepts the published vectors with a port, signed with or without it', () => {
    const plain = { signature: 'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=', parameters, body: '' }
    const url = 'http://mycompany.com:1234/myapp.php?foo=1&bar=2'
    assert.equal(isSignedBy([token], { ...plain, url }), true)
    const standard = { signature: 'kvajT1Ptam85bY51eRf/AJRuM3w=', parameters, body: '' }
    assert.equal(
      isSignedBy([token], { ...standard, url: 'https://mycompany.com/myapp.php?foo=1&bar=2' }),
      true,
    )
  })

  it('checks the hash of a JSON body, and the published vector', () => {
    const body = '{"property": "value", "boolean": true}'
    const request = {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620',
      signature: 'a9nBmqA0ju/hNViExpshrM61xv4=',
      parameters: {},
      body,
    }
    assert.equal(isSignedBy([token], request), true)
    assert.equal(isSignedBy([token], { ...request, body: `${body} ` }), false)
  })

  it('refuses a JSON body that the address has no hash of', () => {
    const url = 'https://mycompany.com/events'
    const signature = twilio.getExpectedTwilioSignature(token, url, {})
    const body = '[]'
    assert.equal(isSignedBy([token], { url, signature, parameters: {}, body }), false)
    const hash = createHash('sha256').update(body).digest('hex')
    const hashed = `${url}?bodySHA256=${hash}`
    assert.equal(
      isSignedBy([token], {
        url: hashed,
        signature: twilio.getExpectedTwilioSignature(token, hashed, {}),
        parameters: {},
        body,
      }),
      true,
    )
  })
})
