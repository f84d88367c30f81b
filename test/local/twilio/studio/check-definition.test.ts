import assert from 'node:assert/strict'
import { checkDefinition } from '../../../../local/twilio/studio/check-definition.ts'

const trigger = (event: string, next?: string) => ({
  name: 'Trigger',
  type: 'trigger',
  transitions: [{ event, next }],
  properties: {},
})
const split = (transitions: unknown, properties: unknown = { input: '{{a.b}}' }) => ({
  name: 'split',
  type: 'split-based-on',
  transitions,
  properties,
})
const flow = (...states: unknown[]) => ({ states, initial_state: 'Trigger' })
const errors = (definition: unknown) =>
  checkDefinition(definition).errors.map(({ property_path: path, message }) => `${path} ${message}`)

describe('checkDefinition', () => {
  it('finds nothing wrong with unwired, unreachable and ended branches', () => {
    const definition = flow(
      trigger('incomingCall'),
      split([
        { event: 'noMatch', next: '' },
        { event: 'match', next: null },
      ]),
    )
    assert.deepEqual(checkDefinition(definition), { errors: [], warnings: [] })
  })

  it('wants the outline', () => {
    assert.deepEqual(errors([]), ['# array found, object expected'])
    assert.deepEqual(errors({}), [
      '#/states is missing but it is required',
      '#/initial_state is missing but it is required',
    ])
    assert.deepEqual(errors({ ...flow(trigger('incomingCall')), flags: {}, $schema: 'x' }), [
      '#/$schema must be a constant value https://schemas.twilio.com/studio/draft/2019-09/flow-definition',
      '#/flags/allow_concurrent_calls is missing but it is required',
    ])
  })

  it('wants known types, and a name, properties and transitions', () => {
    const found = errors(
      flow(trigger('incomingCall'), { type: 'dance', name: null, transitions: {} }),
    )
    assert.equal(found[0], '#/states/1/name must not be null')
    assert.match(
      found[1] ?? '',
      /^#\/states\/1\/type does not have a value in the enumeration \[trigger, /,
    )
    assert.deepEqual(found.slice(2), [
      '#/states/1/properties is missing but it is required',
      '#/states/1/transitions object found, array expected',
    ])
  })

  it('wants unique names and targets that exist', () => {
    const found = errors(flow(trigger('incomingCall', 'gone'), split([]), split([])))
    assert.deepEqual(found, [
      '#/states/0/transitions/0/next must match a widget name',
      '#/states/2/name must be unique',
    ])
  })

  it('wants the events of the widget, and says which there are', () => {
    assert.deepEqual(errors(flow(trigger('incomingCall'), split([{ event: 'else' }]))), [
      '#/states/1/transitions/0/event must be a constant value noMatch',
      '#/states/1/transitions/0/event must be a constant value match',
    ])
  })

  it('wants a widget’s properties in their types, and leaves unknown ones alone', () => {
    const gather = {
      name: 'gather',
      type: 'gather-input-on-call',
      transitions: [],
      properties: { timeout: '5', stop_gather: 'true', say: 7, language: null, other: {} },
    }
    assert.deepEqual(errors(flow(trigger('incomingCall'), gather, split([], {}))), [
      '#/states/1/properties/timeout string found, integer expected',
      '#/states/1/properties/stop_gather string found, boolean expected',
      '#/states/1/properties/say integer found, string expected',
      '#/states/1/properties/language must not be null',
      '#/states/2/properties/input is missing but it is required',
    ])
  })

  it('wants one of the values of a property that has only some, or a template', () => {
    const dial = (noun: string) => ({
      name: 'dial',
      type: 'connect-call-to',
      transitions: [],
      properties: { noun },
    })
    assert.deepEqual(errors(flow(trigger('incomingCall'), dial('phone'))), [
      '#/states/1/properties/noun does not have a value in the enumeration [number, number-multi, client, sip, sim, conference]',
    ])
    assert.deepEqual(errors(flow(trigger('incomingCall'), dial('{{flow.variables.noun}}'))), [])
  })

  it('wants whole conditions', () => {
    const conditions = [{ friendly_name: 'One', arguments: ['{{a}}', 1], type: 'equal_to' }]
    assert.deepEqual(
      errors(flow(trigger('incomingCall'), split([{ event: 'match', conditions }]))),
      [
        '#/states/1/transitions/0/conditions/0/value is missing but it is required',
        '#/states/1/transitions/0/conditions/0/arguments/1 integer found, string expected',
      ],
    )
  })

  it('wants the SID of a sub-flow, not a template', () => {
    const subflow = (flow_sid: string) => ({
      name: 'sub',
      type: 'run-subflow',
      transitions: [],
      properties: { flow_sid, flow_revision: 'LatestPublished' },
    })
    assert.deepEqual(errors(flow(trigger('incomingCall'), subflow('{{flow.variables.f}}'))), [
      '#/states/1/properties/flow_sid must be a valid, non-liquid flow sid',
    ])
    assert.deepEqual(errors(flow(trigger('incomingCall'), subflow(`FW${'1'.repeat(32)}`))), [])
  })

  it('lets only flows that REST starts start a conversation', () => {
    const starter = {
      name: 'start',
      type: 'start-conversation',
      transitions: [],
      properties: { conversation_service_sid: 'IS1', participants: [] },
    }
    assert.deepEqual(errors(flow(trigger('incomingCall', 'start'), starter)), [
      '#/states/1/type start-conversation can only be used in flows triggered by the REST API',
    ])
    assert.deepEqual(errors(flow(trigger('incomingRequest', 'start'), starter)), [])
  })

  it('warns of more widgets than an execution bears', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => ({ ...split([]), name: `s${i}` }))
    const { warnings } = checkDefinition(flow(trigger('incomingCall'), ...many))
    assert.deepEqual(
      warnings.map(({ property_path }) => property_path),
      ['#/states'],
    )
  })
})
