import assert from 'node:assert/strict'
import { findObjects } from '../../../local/adopt/find-objects.ts'
import { EngineError, type Survey } from '../../../local/engine/index.ts'

const resource = { inputProperties: { friendlyName: {} }, properties: { sid: {} } }
const types = ['twilio:taskrouter:Workspace', 'twilio:flex:Configuration', 'twilio:sync:Service']

/** A survey of these types whose lists answer, or refuse. */
function surveyOf(lists: readonly (Awaited<ReturnType<Survey['list']>> | Error)[]): Survey {
  return {
    resources: [],
    components: [],
    configuration: {},
    schema: { resources: Object.fromEntries(types.map((type) => [type, resource])) },
    async list(type) {
      const answer = lists[types.indexOf(type)] ?? []
      if (answer instanceof Error) throw answer
      return answer
    },
    read: async () => undefined,
  }
}

describe('findObjects', () => {
  it('lists by name whatever the order of Twilio, and knows what is recorded', async () => {
    const listed = [
      { id: 'WS2', name: 'Support 10' },
      { id: 'WS1', name: 'Support 9' },
    ]
    const recorded = [{ type: 'twilio:taskrouter:Workspace', id: 'WS2', urn: 'urn:it' }]
    const { objects } = await findObjects(surveyOf([listed]), recorded)
    assert.deepEqual(
      objects.map(({ id, managed }) => [id, managed]),
      [
        ['WS1', false],
        ['WS2', true],
      ],
    )
  })

  it('goes on without a product that the account does not have, and says so', async () => {
    const refused = new EngineError('provider', 'Twilio refused GET flex-api.twilio.com with 403')
    const why = 'twilio:sync:Service can’t be listed: it is not'
    const found = await findObjects(surveyOf([[{ id: 'WS1', name: 'One' }], refused, why]))
    assert.deepEqual(
      found.objects.map(({ id }) => id),
      ['WS1'],
    )
    assert.deepEqual(found.unlisted.toSorted(), [
      'twilio:flex:Configuration could not be listed: Twilio refused GET flex-api.twilio.com with 403',
      why,
    ])
  })

  it('fails when nothing can be listed at all', async () => {
    const down = new EngineError('provider', 'no answer')
    await assert.rejects(findObjects(surveyOf([down, down, down])), /no answer/)
  })
})
