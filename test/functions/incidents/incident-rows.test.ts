import assert from 'node:assert/strict'
import { execute } from '../../../functions/incidents/execute.ts'
import { incidentRows } from '../../../functions/incidents/incident-rows.ts'
import { person, startHunt, sysId } from './hunting.ts'
import { createSmallWorld } from './small-world.ts'

describe('incidentRows', () => {
  it('S3.14 puts a new hunt only in the place of the very one that was seen to be closed', async () => {
    const { services, end } = createSmallWorld({
      ...{ agent_list: [person('Ada')], escalation_list: [] },
    })
    const rows = incidentRows(services)
    const form = { sys_id: sysId, ticket_no: 'INC0010001' }
    await execute(form, services)
    await execute({ flow_execution_id: end('busy') }, services)
    const closed = await rows.read(sysId)
    assert.equal(closed?.row.closed, true)
    await execute({ ...form, again: 'true' }, services)
    const live = await rows.read(sysId)
    assert.equal(await rows.restart(startHunt([person('Ada')]), closed), false)
    assert.deepEqual(await rows.read(sysId), live)
    assert.deepEqual([await rows.open(), await rows.closed(9)], [[sysId], []])
  })
})
