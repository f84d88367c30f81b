import assert from 'node:assert/strict'
import { readConfiguration, type Settings } from '../../../functions/index.ts'
import { route } from '../../../functions/voice/enqueue-call.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { parseTwiml } from '../../support/twiml.ts'

describe('route', () => {
  let settings: Settings
  before(() => {
    const configuration = readConfiguration(appEnvironment())
    assert.ok(configuration.kind === 'configured')
    settings = configuration.settings
  })

  it('puts the chosen language into the task and every way out into one action', () => {
    const [enqueue] = parseTwiml(route(settings, '1', 0))
    assert.deepEqual(enqueue?.attributes, {
      workflowSid: sids.workflow,
      action: '/queue-exit?language=es',
      method: 'POST',
      waitUrl: '/wait-music?language=es',
      waitUrlMethod: 'GET',
    })
    const [task] = enqueue?.children ?? []
    assert.equal(task?.name, 'Task')
    assert.deepEqual(JSON.parse(task?.text ?? ''), { selected_language: 'es' })
  })

  it('takes the default language when no key was pressed', () => {
    const [enqueue] = parseTwiml(route(settings, undefined, 0))
    assert.equal(enqueue?.children[0]?.text, '{"selected_language":"en"}')
  })

  it('repeats the menu twice after keys that are not offered, then takes the default', () => {
    const [first] = parseTwiml(route(settings, '7', 0))
    assert.deepEqual(
      [first?.name, first?.attributes['action']],
      ['Gather', '/enqueue-call?repeat=1'],
    )
    const [second] = parseTwiml(route(settings, '8', 1))
    assert.deepEqual(
      [second?.name, second?.attributes['action']],
      ['Gather', '/enqueue-call?repeat=2'],
    )
    const [third] = parseTwiml(route(settings, '9', 2))
    assert.equal(third?.children[0]?.text, '{"selected_language":"en"}')
  })
})
