import assert from 'node:assert/strict'
import { checkCentre } from '../../../routing/index.ts'
import { centre, onlyFinding, withFilter, withQueue, withTiers } from './sound-centre.ts'

describe('checkCentre, on expressions', () => {
  it('points at the character where a queue’s expression breaks', () => {
    const finding = onlyFinding(withQueue('languages HAS "es" ANDD skills HAS "calls"'))
    assert.equal(finding.severity, 'error')
    assert.equal(finding.resource, 'TaskQueue spanish')
    assert.equal(finding.property, 'targetWorkers')
    assert.deepEqual(finding.position, { line: 1, column: 20 })
    assert.match(finding.excerpt ?? '', /\n {21}\^$/)
    assert.notEqual(finding.remedy, '')
  })

  it('names the filter whose expression breaks', () => {
    const finding = onlyFinding(withFilter({ expression: 'selected_language == ' }))
    assert.equal(finding.resource, 'Workflow calls')
    assert.equal(finding.property, 'filters[0].expression')
    assert.deepEqual(finding.position, { line: 1, column: 22 })
  })

  it('refuses a task attribute that is not declared, and says which was meant', () => {
    const finding = onlyFinding(withFilter({ expression: 'selected_langauge == "es"' }))
    assert.equal(finding.rule, 'unknown-attribute')
    assert.deepEqual(finding.position, { line: 1, column: 1 })
    assert.equal(finding.remedy, 'did you mean “selected_language”?')
  })

  it('refuses a worker attribute in a tier that no worker carries', () => {
    const finding = onlyFinding(
      withTiers({ name: 'one', queue: 'anyone', workers: 'worker.skils HAS task.from' }),
    )
    assert.equal(finding.property, 'filters[0].tiers[0].workers')
    assert.equal(finding.remedy, 'did you mean “skills”?')
  })

  it('explains that filters and queues take no prefix', () => {
    assert.equal(
      onlyFinding(withFilter({ expression: 'task.selected_language == "es"' })).remedy,
      'write selected_language',
    )
    assert.match(
      onlyFinding(withFilter({ expression: 'worker.languages HAS "es"' })).remedy,
      /a tier’s workers$/,
    )
  })

  it('knows the attributes that every call has, and a worker’s own fields', () => {
    const tiers = [{ name: 'one', queue: 'anyone', workers: 'worker.friendly_name != task.to' }]
    assert.deepEqual(
      checkCentre({ ...centre, ...withFilter({ expression: 'from_country == "ES"', tiers }) }),
      [],
    )
  })

  it('warns of a comparison that is never true', () => {
    const finding = onlyFinding(withFilter({ expression: "selected_language IN 'es'" }))
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.rule, 'odd-expression')
  })

  it('takes a text without quotes for a name, and says so', () => {
    const finding = onlyFinding(withFilter({ expression: 'selected_language == es' }))
    assert.deepEqual(finding.position, { line: 1, column: 22 })
    assert.match(finding.remedy, /put quotes around it if it is a text/)
  })

  it('refuses an activity name that does not exist', () => {
    const finding = onlyFinding(
      withTiers({ name: 'one', queue: 'anyone', workers: "worker.activity_name == 'Wrap-up'" }),
    )
    assert.equal(finding.rule, 'unknown-activity')
    assert.deepEqual(finding.position, { line: 1, column: 25 })
    assert.equal(finding.remedy, 'did you mean “Wrap-Up”?')
  })

  it('refuses a count that skip-if does not have, and an order over no attribute', () => {
    const skipIf = withTiers({ name: 'one', queue: 'anyone', skipIf: 'workers.idle == 0' })
    assert.equal(onlyFinding(skipIf).property, 'filters[0].tiers[0].skipIf')
    const orderBy = withTiers({ name: 'one', queue: 'anyone', orderBy: 'worker.skils DESC' })
    assert.equal(onlyFinding(orderBy).property, 'filters[0].tiers[0].orderBy')
  })
})
