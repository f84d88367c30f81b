import assert from 'node:assert/strict'
import { get, noContent, post } from '../../../../local/twilio/rest/route.ts'
import { createRouteTable } from '../../../../local/twilio/rest/route-table.ts'

const host = 'api.example.com'
const nothing = () => noContent

describe('createRouteTable', () => {
  const table = createRouteTable([
    {
      host,
      routes: [
        get('/Accounts/{Sid}.json', nothing),
        get('/Accounts/{AccountSid}/Calls.json', nothing),
        get('/Queues/Statistics', nothing),
        get('/Queues/{Sid}', nothing),
        post('/Queues/{QueueSid}/Members', nothing),
      ],
    },
  ])
  const pathOf = (method: string, path: string) => {
    const match = table.match(host, method, path)
    return match.kind === 'found' ? [match.route.path, match.path] : match.kind
  }

  it('fills the holes of a template, decoded and without their suffix', () => {
    assert.deepEqual(pathOf('GET', '/Accounts/AC%201.json'), [
      '/Accounts/{Sid}.json',
      { Sid: 'AC 1' },
    ])
    assert.deepEqual(pathOf('GET', '/Accounts/AC1/Calls.json'), [
      '/Accounts/{AccountSid}/Calls.json',
      { AccountSid: 'AC1' },
    ])
    assert.deepEqual(pathOf('GET', '/Queues/100%'), ['/Queues/{Sid}', { Sid: '100%' }])
  })

  it('takes a fixed segment before a hole', () => {
    assert.deepEqual(pathOf('GET', '/Queues/Statistics'), ['/Queues/Statistics', {}])
  })

  it('tells an unknown address from an unknown method', () => {
    assert.equal(pathOf('GET', '/Queues'), 'unknown')
    assert.equal(table.match('other.example.com', 'GET', '/Queues/1').kind, 'unknown')
    assert.deepEqual(table.match(host, 'DELETE', '/Queues/1'), {
      kind: 'wrong-method',
      allowed: ['GET'],
    })
  })

  it('refuses an endpoint that is listed twice', () => {
    const routes = [get('/Queues', nothing), get('/Queues', nothing)]
    assert.throws(() => createRouteTable([{ host, routes }]), /GET \/Queues is listed twice/)
  })
})
