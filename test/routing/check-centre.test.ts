import assert from 'node:assert/strict'
import { checkCentre, describeFinding } from '../../routing/index.ts'
import { centre, onlyFinding, withFilter, withQueue, withTiers } from './centre/sound-centre.ts'

describe('checkCentre', () => {
  it('finds nothing wrong with a sound centre', () => {
    assert.deepEqual(checkCentre(centre, { strict: true }), [])
  })

  it('refuses a misshapen declaration by resource and property', () => {
    const finding = onlyFinding(withTiers({ name: 'one', queue: 'anyone', timeoutSeconds: 0 }))
    assert.equal(finding.rule, 'shape')
    assert.equal(finding.resource, 'Workflow calls')
    assert.equal(finding.property, 'filters[0].tiers[0].timeoutSeconds')
  })

  it('lists everything at once, errors first', () => {
    const findings = checkCentre({
      ...centre,
      ...withQueue('languages HAS "hi"'),
      timeoutActivity: 'nowhere',
    })
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['error', 'warning'],
    )
  })
})

describe('describeFinding', () => {
  it('says where, what and how to mend it', () => {
    const text = describeFinding(onlyFinding(withFilter({ expression: 'selected_langauge == 1' })))
    assert.equal(
      text,
      [
        'Workflow calls, filters[0].expression: no task attribute “selected_langauge” is declared (line 1, column 1)',
        '  selected_langauge == 1',
        '  ^',
        '  → did you mean “selected_language”?',
      ].join('\n'),
    )
  })
})
