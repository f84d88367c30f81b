import assert from 'node:assert/strict'
import { greet } from '../../../functions/voice/incoming-call.ts'
import { centre } from '../../support/centre-settings.ts'
import { parseTwiml } from '../../support/twiml.ts'

const mondayAtNine = Date.UTC(2026, 0, 5, 9)

describe('greet', () => {
  it('welcomes, then gathers one digit with a prompt in each language', () => {
    const [welcome, gather, onSilence] = parseTwiml(greet(centre, mondayAtNine))
    assert.equal(welcome?.text, 'Welcome to Riverside & Sons.')
    assert.deepEqual(gather?.attributes, {
      input: 'dtmf',
      numDigits: '1',
      finishOnKey: '',
      timeout: '5',
      action: '/enqueue-call',
      method: 'POST',
    })
    assert.deepEqual(
      gather?.children.map(({ attributes, text }) => [attributes['language'], text]),
      [
        ['en-US', 'Please hold for English.'],
        ['es-MX', 'Para español, oprima uno.'],
      ],
    )
    assert.deepEqual([onSilence?.name, onSilence?.text], ['Redirect', '/enqueue-call'])
  })

  it('asks nothing where there is nothing to choose', () => {
    const english = centre.languages.slice(0, 1)
    const verbs = parseTwiml(greet({ ...centre, languages: english }, mondayAtNine))
    assert.deepEqual(
      verbs.map(({ name }) => name),
      ['Say', 'Redirect'],
    )
  })

  it('says when the centre is closed', () => {
    const hours = {
      timeZone: 'Europe/Madrid',
      open: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '10:00' }],
      closedPrompt: 'We are closed.',
    }
    const verbs = parseTwiml(greet({ ...centre, hours }, mondayAtNine))
    assert.deepEqual(
      verbs.map(({ name, text }) => [name, text]),
      [
        ['Say', 'We are closed.'],
        ['Hangup', ''],
      ],
    )
    assert.equal(parseTwiml(greet({ ...centre, hours }, mondayAtNine - 1)).length, 3)
  })
})
