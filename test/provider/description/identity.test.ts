import assert from 'node:assert/strict'
import { formatId, parseId, pathOf } from '../../../provider/description/identity.ts'
import { incomingPhoneNumber } from '../../../provider/phone-numbers/incoming-phone-number.ts'
import { activity } from '../../../provider/taskrouter/activity.ts'
import { workspaceDefaults } from '../../../provider/taskrouter/workspace-defaults.ts'

describe('formatId and parseId', () => {
  it('turn SIDs into an id and back', () => {
    const sids = { workspaceSid: 'WS1', sid: 'WA2' }
    assert.equal(formatId(activity, { ...sids, friendlyName: 'Busy' }), 'WS1/WA2')
    assert.deepEqual(parseId(activity, 'WS1/WA2'), { sids, sid: 'WA2' })
    assert.deepEqual(parseId(workspaceDefaults, 'WS1').sid, 'WS1')
  })

  it('say what an id looks like', () => {
    const wanted = /“WA2” is no id of twilio:taskrouter:Activity: it is <workspaceSid>\/<sid>/
    assert.throws(() => parseId(activity, 'WA2'), wanted)
    assert.throws(() => parseId(activity, 'WS1/'), { name: 'UnusableId' })
  })

  it('refuse an answer without a SID', () => {
    assert.throws(() => formatId(activity, { workspaceSid: 'WS1' }), { name: 'UnusableAnswer' })
  })
})

describe('pathOf', () => {
  it('is the path of the collection or of the object, in either API', () => {
    const parent = { workspaceSid: 'WS1' }
    assert.equal(pathOf(activity, 'AC', parent), '/v1/Workspaces/WS1/Activities')
    assert.equal(pathOf(activity, 'AC', parent, 'WA2'), '/v1/Workspaces/WS1/Activities/WA2')
    assert.equal(
      pathOf(incomingPhoneNumber, 'AC', {}, 'PN3'),
      '/2010-04-01/Accounts/AC/IncomingPhoneNumbers/PN3.json',
    )
    assert.equal(pathOf(workspaceDefaults, 'AC', parent, 'WS1'), '/v1/Workspaces/WS1')
  })

  it('lets no id out of its place', () => {
    assert.equal(
      pathOf(activity, 'AC', { workspaceSid: '../Accounts' }),
      '/v1/Workspaces/..%2FAccounts/Activities',
    )
  })
})
