import assert from 'node:assert/strict'
import { checkCentre } from '../../../routing/index.ts'
import type { CentreDeclaration } from '../../../schemas/index.ts'
import { centre, onlyFinding, withAttributes, withQueue, withTiers } from './sound-centre.ts'

describe('checkCentre, on queues', () => {
  it('warns of a queue that no worker matches', () => {
    const finding = onlyFinding(withQueue('languages HAS "hi"'))
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.resource, 'TaskQueue spanish')
    assert.match(finding.message, /none of the 1 declared workers matches languages HAS "hi"/)
  })

  it('refuses it when strict', () => {
    assert.equal(onlyFinding(withQueue('languages HAS "hi"'), { strict: true }).severity, 'error')
  })

  it('says that an empty expression matches nobody', () => {
    assert.equal(onlyFinding(withQueue('')).rule, 'no-worker-matches')
  })

  it('keeps quiet where the roster is kept elsewhere', () => {
    assert.deepEqual(checkCentre({ ...centre, workers: {} }, { strict: true }), [])
  })

  it('refuses a queue that is not declared, and says which was meant', () => {
    const finding = onlyFinding(withTiers({ name: 'one', queue: 'spanisch' }))
    assert.equal(finding.property, 'filters[0].tiers[0].queue')
    assert.equal(finding.remedy, 'did you mean “spanish”?')
  })
})

describe('checkCentre, on people and numbers', () => {
  it('refuses an activity that is not declared', () => {
    const finding = onlyFinding({ timeoutActivity: 'ofline' })
    assert.equal(finding.property, 'timeoutActivity')
    assert.equal(finding.remedy, 'did you mean “offline”?')
    const workers = { carmen: { ...centre.workers['carmen'], activity: 'Wrap-Up' } }
    const ofWorker = onlyFinding({ workers: workers as CentreDeclaration['workers'] })
    assert.equal(ofWorker.resource, 'Worker carmen')
    assert.equal(ofWorker.remedy, 'did you mean “wrap-up”?')
  })

  it('warns when letting it ring leaves a worker available', () => {
    assert.equal(onlyFinding({ timeoutActivity: 'available' }).rule, 'activity-role')
  })

  it('refuses hyphens where expressions cannot read them', () => {
    assert.equal(onlyFinding(withAttributes({ 'team-lead': true })).remedy, 'call it team_lead')
    assert.equal(
      onlyFinding(withAttributes({ skills: ['first-line', 'calls'] })).remedy,
      'write first_line',
    )
  })

  it('warns of a worker attribute that looks misspelt', () => {
    const finding = onlyFinding(withAttributes({ langauges: ['en'] }))
    assert.equal(finding.severity, 'warning')
    assert.equal(finding.property, 'attributes.langauges')
  })

  it('takes free attributes and hyphens in a contact URI', () => {
    const change = withAttributes({ seniority: 3, contact_uri: 'client:carmen-1' })
    assert.deepEqual(checkCentre({ ...centre, ...change }), [])
  })

  it('refuses a contact URI that is no phone', () => {
    assert.equal(onlyFinding(withAttributes({ contact_uri: 'carmen' })).severity, 'error')
  })

  it('refuses two of one name', () => {
    const queues = { ...centre.queues, other: { friendlyName: 'ANYONE', targetWorkers: '1==1' } }
    assert.match(onlyFinding({ queues }).message, /is the name of “anyone” already/)
  })

  it('refuses a phone number that is not in E.164, and says how to write it', () => {
    const phoneNumbers = { main: { friendlyName: 'Main', phoneNumber: '+1 (202) 555-0100' } }
    const finding = onlyFinding({ phoneNumbers })
    assert.equal(finding.resource, 'IncomingPhoneNumber main')
    assert.equal(finding.property, 'phoneNumber')
    assert.equal(finding.remedy, 'did you mean +12025550100?')
  })
})
