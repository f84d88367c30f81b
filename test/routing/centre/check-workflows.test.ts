import assert from 'node:assert/strict'
import { checkCentre, describeFinding } from '../../../routing/index.ts'
import { calls, centre, onlyFinding, withFilter, withTiers } from './sound-centre.ts'

describe('checkCentre, on workflows', () => {
  it('refuses a filter behind a catch-all', () => {
    const tiers = [{ name: 'all', queue: 'anyone' }]
    const filters = [{ name: 'All', expression: '1==1', tiers }, ...calls.filters]
    const finding = onlyFinding({ workflows: { calls: { ...calls, filters } } })
    assert.equal(finding.severity, 'error')
    assert.equal(finding.property, 'filters[1]')
    assert.match(finding.message, /“Spanish” stands behind “All”/)
  })

  it('refuses two tiers, or two filters, of one name', () => {
    const first = { name: 'one', queue: 'spanish', timeoutSeconds: 8 }
    assert.equal(
      onlyFinding(withTiers(first, { ...first, queue: 'anyone' })).property,
      'filters[0].tiers[1].name',
    )
    const filters = [...calls.filters, ...calls.filters]
    assert.equal(
      onlyFinding({ workflows: { calls: { ...calls, filters } } }).property,
      'filters[1].name',
    )
  })

  it('refuses a tier behind one that has no end', () => {
    const finding = onlyFinding(
      withTiers({ name: 'one', queue: 'spanish' }, { name: 'two', queue: 'anyone' }),
    )
    assert.equal(finding.property, 'filters[0].tiers[1]')
    assert.equal(finding.remedy, 'give tiers[0] a timeoutSeconds or a skipIf')
  })

  it('refuses a first tier without a queue', () => {
    assert.equal(onlyFinding(withTiers({ name: 'one' })).rule, 'first-queue')
  })

  it('warns where a task that no filter matches would be lost', () => {
    const { defaultQueue: _, ...open } = calls
    const finding = onlyFinding({ workflows: { calls: open } })
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.property, 'defaultQueue')
  })

  it('takes a catch-all at the end for a default', () => {
    const { defaultQueue: _, ...open } = calls
    const last = { name: 'All', expression: '1==1', tiers: [{ name: 'all', queue: 'anyone' }] }
    const workflow = { ...open, filters: [...open.filters, last] }
    assert.deepEqual(checkCentre({ ...centre, workflows: { calls: workflow } }), [])
  })

  it('refuses a tier that begins after its task’s life', () => {
    const finding = onlyFinding({
      workflows: { calls: { ...calls, taskTimeoutSeconds: 8 } },
    })
    assert.equal(finding.severity, 'error')
    assert.match(finding.message, /“anyone” would begin after 8 s, but tasks live 8 s/)
  })

  it('warns of a reservation that outlasts a tier', () => {
    const finding = onlyFinding({
      workflows: { calls: { ...calls, reservationTimeoutSeconds: 30 } },
    })
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.property, 'reservationTimeoutSeconds')
    assert.match(finding.message, /“first line” of “Spanish” \(8 s\)/)
  })

  it('takes a skipIf that never holds for none', () => {
    const finding = onlyFinding(
      withTiers(
        { name: 'one', queue: 'spanish', skipIf: '1==2' },
        { name: 'two', queue: 'anyone' },
      ),
    )
    assert.equal(finding.rule, 'unreachable-tier')
    assert.equal(finding.property, 'filters[0].tiers[1]')
  })

  it('warns of a filter that is never true', () => {
    const finding = onlyFinding(withFilter({ expression: '1==2' }))
    assert.equal(finding.severity, 'warning')
    assert.equal(
      describeFinding(finding),
      [
        'Workflow calls, filters[0].expression: is never true: no task takes “Spanish”',
        '  → correct the expression, or remove the filter',
      ].join('\n'),
    )
  })
})

describe('checkCentre, on who is asked in a tier', () => {
  const tier = (workers: string) => withTiers({ name: 'one', queue: 'spanish', workers })

  it('warns when no declared worker of the queue can ever match, whatever the task', () => {
    const finding = onlyFinding(tier('worker.skills HAS "chats" AND task.from != null'))
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.property, 'filters[0].tiers[0].workers')
    assert.match(finding.message, /none of the 1 declared workers of “spanish” can ever match/)
  })

  it('keeps quiet where the task, or the time, decides', () => {
    const open = [
      'task.from IN worker.languages',
      'worker.skills HAS "chats" OR task.from == "x"',
      'worker.activity_name == "Available"',
      'worker.channel.voice.assigned_tasks == 0',
    ]
    assert.deepEqual(
      open.flatMap((workers) => checkCentre({ ...centre, ...tier(workers) })),
      [],
    )
  })

  it('keeps quiet where the roster is kept elsewhere', () => {
    const change = { workers: {}, ...tier('worker.skills HAS "calls"') }
    const attributes = { ...centre.attributes, worker: [...centre.attributes.worker, 'skills'] }
    assert.deepEqual(checkCentre({ ...centre, ...change, attributes }), [])
  })
})

describe('checkCentre, on TaskRouter’s limits', () => {
  it('refuses the first activity that a workspace has no room for', () => {
    const activities = Object.fromEntries(
      Array.from({ length: 101 }, (_, i) => [
        i === 0 ? 'offline' : `a${i}`,
        { friendlyName: `Activity ${i}`, available: false },
      ]),
    )
    const finding = onlyFinding({ activities })
    assert.equal(
      describeFinding(finding),
      [
        'Activity a100: is one too many: 101 activities are declared, and a workspace has 100 at most',
        '  → declare fewer, or use a second workspace',
      ].join('\n'),
    )
  })

  it('refuses a workflow that is too large', () => {
    const [filter] = calls.filters
    const filters = Array.from({ length: 3_200 }, (_, i) => ({
      name: `${'n'.repeat(200)} ${i}`,
      expression: filter?.expression ?? '',
      tiers: filter?.tiers ?? [],
    }))
    const finding = onlyFinding({ workflows: { calls: { ...calls, filters } } })
    assert.match(finding.message, /^are 1\d{6} bytes as JSON, and TaskRouter takes 1038576$/)
  })
})
