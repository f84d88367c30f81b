import assert from 'node:assert/strict'
import { goOn } from '../../../functions/voice/queue-exit.ts'
import { centre } from '../../support/centre-settings.ts'
import { parseTwiml } from '../../support/twiml.ts'

const verbsAfter = (result: string | undefined) =>
  parseTwiml(goOn(centre, result, 'es')).map(({ name, text }) => (text ? `${name}: ${text}` : name))

const voicemail = ['Say: Por favor, deje un mensaje después del tono.', 'Record']
const apology = 'Say: Disculpe, algo salió mal.'

describe('goOn', () => {
  it('ends a call that was served or is gone', () => {
    assert.deepEqual(verbsAfter('bridged'), ['Hangup'])
    assert.deepEqual(verbsAfter('bridging-in-process'), ['Hangup'])
    assert.deepEqual(verbsAfter('hangup'), ['Hangup'])
  })

  it('offers voicemail when the queue is full or failed, never silence', () => {
    assert.deepEqual(verbsAfter('queue-full'), [apology, ...voicemail])
    assert.deepEqual(verbsAfter('error'), [apology, ...voicemail])
    assert.deepEqual(verbsAfter('system-error'), [apology, ...voicemail])
  })

  it('offers voicemail to who leaves the queue, and after results it does not know', () => {
    assert.deepEqual(verbsAfter('leave'), voicemail)
    assert.deepEqual(verbsAfter('something-new'), [apology, ...voicemail])
    assert.deepEqual(verbsAfter(undefined), [apology, ...voicemail])
  })

  it('stays out of the way of a call that was redirected', () => {
    assert.deepEqual(verbsAfter('redirected'), [])
    assert.deepEqual(verbsAfter('redirected-from-bridged'), [])
  })

  it('tells a recording where to go', () => {
    const record = parseTwiml(goOn(centre, 'queue-full', 'es')).at(-1)
    assert.equal(record?.attributes['action'], '/voicemail?language=es')
    assert.equal(record?.attributes['finishOnKey'], '*')
  })
})
