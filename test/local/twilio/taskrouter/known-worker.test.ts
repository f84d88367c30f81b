import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../support/local-twilio.ts'
import { declareSmallCentre, type SmallCentre } from '../../../support/small-centre.ts'

describe('checkKnownWorker', () => {
  let local: LocalTwilio
  let centre: SmallCentre
  const api = () => local.client.taskrouter.v1.workspaces(centre.workspaceSid)
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  const create = (agent: unknown) =>
    api().tasks.create({ attributes: JSON.stringify({ agent, nobody: true }) })

  beforeEach(async () => {
    local = await startLocalTwilio()
    centre = await declareSmallCentre(local)
    const empty = await api().taskQueues.create({
      friendlyName: 'Nobody',
      targetWorkers: 'friendly_name == "nobody"',
    })
    const target = (key: string, queue: string) => ({ queue, [key]: 'task.agent' })
    await api()
      .workflows(centre.workflowSid)
      .update({
        configuration: JSON.stringify({
          task_routing: {
            filters: [
              {
                expression: 'agent IN ["Ann", "Zoe"]',
                targets: [target('known_worker_friendly_name', centre.queueSid)],
              },
              {
                expression: 'agent == "ann"',
                targets: [target('known_worker_friendly_name', empty.sid)],
              },
              {
                expression: 'nobody == true',
                targets: [target('known_worker_sid', centre.queueSid)],
              },
            ],
          },
        }),
      })
  })
  afterEach(() => local.close())

  it('is silent about a worker of the queue, and about null, which says that there is none', async () => {
    assert.equal((await create(centre.bobSid)).assignmentStatus, 'reserved')
    assert.equal((await create('Ann')).assignmentStatus, 'reserved')
    assert.equal((await create(null)).assignmentStatus, 'pending')
    assert.deepEqual(codes(), [])
  })

  it('tells the debugger of a worker outside the queue, and of one whom the workspace does not have', async () => {
    assert.equal((await create('ann')).assignmentStatus, 'pending')
    assert.equal((await create('Zoe')).assignmentStatus, 'pending')
    await create(`WK${'0'.repeat(32)}`)
    await create(undefined)
    assert.deepEqual(codes(), [40152, 40155, 40155, 40155])
    assert.match(local.twilio.alerts()[1]?.text ?? '', /Zoe/)
  })
})
