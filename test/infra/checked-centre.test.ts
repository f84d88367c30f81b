import assert from 'node:assert/strict'
import { CentreRefused, checkedCentre } from '../../infra/checked-centre.ts'
import { runProgram } from './run-program.ts'

const centre = {
  attributes: { task: ['selected_language'], worker: ['languages', 'contact_uri'] },
  activities: {
    offline: { friendlyName: 'Offline', available: false },
    available: { friendlyName: 'Available', available: true },
  },
  defaultActivity: 'offline',
  timeoutActivity: 'offline',
  taskChannels: {},
  workers: {
    carmen: {
      friendlyName: 'carmen',
      attributes: { languages: ['es'], contact_uri: 'client:carmen' },
    },
  },
  queues: { spanish: { friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' } },
  workflows: {
    calls: {
      friendlyName: 'Calls',
      filters: [
        {
          name: 'Spanish',
          expression: 'selected_language == "es"',
          tiers: [{ name: 'everyone', queue: 'spanish' }],
        },
      ],
      defaultQueue: 'spanish',
    },
  },
  phoneNumbers: {},
}

const check = (change: Partial<Parameters<typeof checkedCentre>[0]>, strict?: boolean) =>
  runProgram({ program: () => ({ centre: checkedCentre({ ...centre, ...change }, { strict }) }) })

const spanish = (targetWorkers: string) => ({
  queues: { spanish: { friendlyName: 'Spanish', targetWorkers } },
})

describe('checkedCentre', () => {
  it('hands a sound centre back', async () => {
    const { outputs, warnings } = await check({})
    assert.deepEqual(outputs['centre'], centre)
    assert.deepEqual(warnings, [])
  })

  it('refuses a broken expression with resource, property, position and remedy', async () => {
    await assert.rejects(check(spanish('languages HAS "es')), (error: CentreRefused) => {
      assert.ok(error instanceof CentreRefused)
      assert.match(error.message, /TaskQueue spanish, targetWorkers: .* column 15\)/)
      assert.match(error.message, /\n {2}languages HAS "es\n {16}\^\n {2}→ add "/)
      return true
    })
  })

  it('refuses an unknown activity and lists it with everything else', async () => {
    const change = { ...spanish('langages HAS "es"'), timeoutActivity: 'busy' }
    await assert.rejects(check(change), (error: CentreRefused) => {
      assert.match(error.message, /2 to mend/)
      assert.match(error.message, /Workspace, timeoutActivity: there is no activity “busy”/)
      assert.match(error.message, /→ did you mean “languages”\?/)
      return true
    })
  })

  it('logs a queue that no worker matches as a warning, and refuses it when strict', async () => {
    const { warnings } = await check(spanish('languages HAS "hi"'))
    assert.match(warnings.join(), / TaskQueue spanish, targetWorkers: none of the 1/)
    await assert.rejects(check(spanish('languages HAS "hi"'), true), CentreRefused)
  })

  it('refuses a filter behind a catch-all', async () => {
    const [filter] = centre.workflows.calls.filters
    assert.ok(filter)
    const filters = [{ ...filter, name: 'All', expression: '1==1' }, filter]
    await assert.rejects(
      check({ workflows: { calls: { ...centre.workflows.calls, filters } } }),
      /Workflow calls, filters\[1\]: “Spanish” stands behind “All”.*\n {2}→ move filters\[0\]/,
    )
  })

  it('leaves the warning about reservation timeouts to TieredWorkflow', async () => {
    const { calls } = centre.workflows
    const tiers = [{ name: 'everyone', queue: 'spanish', timeoutSeconds: 5 }]
    const filters = calls.filters.map((filter) => ({ ...filter, tiers }))
    const { warnings } = await check({
      workflows: { calls: { ...calls, filters, reservationTimeoutSeconds: 30 } },
    })
    assert.deepEqual(warnings, [])
  })
})
