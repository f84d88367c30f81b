import assert from 'node:assert/strict'
import { sign, signedAddress, withBodyHash } from '../../../../local/twilio/webhooks/signature.ts'

const call = {
  CallSid: 'CA1234567890ABCDE',
  Caller: '+14158675309',
  From: '+14158675309',
  Digits: '1234',
  To: '+18005551212',
}

describe('sign', () => {
  it('signs the address and the sorted form fields', () => {
    assert.equal(
      sign('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', call),
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    )
    assert.equal(
      sign('12345', 'https://example.com/myapp.php?foo=1&bar=2', {
        ...call,
        Caller: '+14158675310',
        From: '+14158675310',
      }),
      'L/OH5YylLD5NRKLltdqwSvS0BnU=',
    )
  })

  it('signs the port as it stands in the address', () => {
    assert.equal(
      sign('12345', 'http://mycompany.com:1234/myapp.php?foo=1&bar=2', call),
      'Zmvh+3yNM1Phv2jhDCwEM3q5ebU=',
    )
    assert.equal(
      sign('12345', 'https://mycompany.com:443/myapp.php?foo=1&bar=2', call),
      'kvajT1Ptam85bY51eRf/AJRuM3w=',
    )
  })

  it('signs a repeated field with its values sorted and without duplicates', () => {
    assert.equal(
      sign('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', {
        Sid: 'CA123',
        SidAccount: 'AC123',
        Digits: ['5678', '1234', '1234'],
      }),
      'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
    )
  })
})

describe('withBodyHash', () => {
  it('puts the SHA-256 of a JSON body into the address that is signed', () => {
    const url = withBodyHash(
      'https://mycompany.com/myapp.php?foo=1&bar=2',
      '{"property": "value", "boolean": true}',
    )
    assert.match(
      url,
      /&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620$/,
    )
    assert.equal(sign('12345', url), 'a9nBmqA0ju/hNViExpshrM61xv4=')
  })
})

describe('signedAddress', () => {
  it('drops userinfo and fragment, and the port of HTTPS only', () => {
    assert.equal(
      signedAddress('https://user:secret@example.com:8443/a?b=c@d#rc=2'),
      'https://example.com/a?b=c@d',
    )
    assert.equal(signedAddress('http://example.com:8080/a'), 'http://example.com:8080/a')
  })
})
