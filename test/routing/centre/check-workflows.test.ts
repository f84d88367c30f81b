import assert from 'node:assert/strict'
import { checkCentre } from '../../../routing/index.ts'
import { calls, centre, onlyFinding, withTiers } from './sound-centre.ts'

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
})
