import assert from 'node:assert/strict'
import { createFunctionsHost, type FunctionsHost } from '../../../local/host/index.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { parseTwiml } from '../../support/twiml.ts'
import { createWebhookSender, type WebhookSender } from '../../support/webhook-sender.ts'

const call = { CallSid: sids.call, From: '+12025550123', To: '+12025550100' }

describe('voiceWebhook', () => {
  const log = createQuietLog()
  let host: FunctionsHost
  let sender: WebhookSender
  before(async () => {
    host = await createFunctionsHost({ environment: appEnvironment(), log })
    sender = createWebhookSender(host.origin)
  })
  after(() => host.close())

  it('serves hold music by GET, in the language of the caller', async () => {
    const response = await sender.get('/wait-music?language=es', { ...call, QueuePosition: '1' })
    const [sentence, music] = parseTwiml(await response.text())
    assert.equal(sentence?.text, 'Enseguida le atendemos.')
    assert.equal(music?.name, 'Play')
    assert.equal(music?.attributes['loop'], '0')
  })

  it('answers a call also when the store is away', async () => {
    const response = await sender.post('/queue-exit?language=es', {
      ...call,
      QueueResult: 'queue-full',
    })
    assert.equal(response.status, 200)
    assert.equal(parseTwiml(await response.text()).at(-1)?.name, 'Record')
  })

  it('goes on after the queue of a flow, which says how the call left it', async () => {
    const left = '/queue-exit?language=es&result='
    const response = await sender.post(`${left}leave`, call)
    assert.deepEqual(
      parseTwiml(await response.text()).map(({ name }) => name),
      ['Say', 'Record'],
    )
    const answered = await sender.post(`${left}bridged`, call)
    assert.deepEqual(
      parseTwiml(await answered.text()).map(({ name }) => name),
      ['Hangup'],
    )
  })

  it('tells flows whether the centre is open, without a signature', async () => {
    const response = await fetch(`${host.origin}/opening-hours`)
    const hours = JSON.parse(await response.text())
    assert.equal(typeof hours.open, 'boolean')
    assert.equal(typeof hours.closedPrompt, 'string')
  })

  it('apologises in the language of the caller when a handler fails, and never answers 5xx', async () => {
    const response = await sender.post('/enqueue-call?language=es', { Digits: '1' })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'text/xml')
    assert.deepEqual(
      parseTwiml(await response.text()).map(({ text }) => text),
      ['Disculpe, algo salió mal.', ''],
    )
  })

  it('puts no phone number and no credential into the log', async () => {
    await sender.post('/voicemail', { ...call, CallSid: 'from +12025550123', Digits: '4242' })
    const lines = log.lines.join('\n')
    assert.match(lines, /call\.failed/)
    assert.doesNotMatch(lines, /2025550123|10ca110|Digits/)
  })
})
