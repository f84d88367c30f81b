import assert from 'node:assert/strict'
import { checkCentre, describeFinding, type Finding } from '../../routing/index.ts'
import type { CentreDeclaration } from '../../schemas/index.ts'

type Workflow = CentreDeclaration['workflows'][string]
type Tier = Workflow['filters'][number]['tiers'][number]

const calls: Workflow = {
  friendlyName: 'Calls',
  filters: [
    {
      name: 'Spanish',
      expression: 'selected_language == "es"',
      tiers: [
        { name: 'first line', queue: 'spanish', timeoutSeconds: 8 },
        { name: 'anyone', queue: 'anyone', workers: 'worker.skills HAS "calls"' },
      ],
    },
  ],
  defaultQueue: 'anyone',
}

const centre: CentreDeclaration = {
  attributes: { task: ['selected_language'], worker: ['languages', 'skills', 'contact_uri'] },
  activities: {
    offline: { friendlyName: 'Offline', available: false },
    available: { friendlyName: 'Available', available: true },
    'wrap-up': { friendlyName: 'Wrap-Up', available: false },
  },
  defaultActivity: 'offline',
  timeoutActivity: 'offline',
  taskChannels: { voice: { friendlyName: 'Voice', uniqueName: 'voice' } },
  workers: {
    carmen: {
      friendlyName: 'carmen',
      attributes: { languages: ['es'], skills: ['calls'], contact_uri: 'client:carmen' },
    },
  },
  queues: {
    spanish: { friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' },
    anyone: { friendlyName: 'Anyone', targetWorkers: '1==1' },
  },
  workflows: { calls },
  phoneNumbers: { main: { friendlyName: 'Main', phoneNumber: '+12025550100' } },
}

/** The one finding about the centre with some of it replaced. */
function onlyFinding(change: Partial<CentreDeclaration>, options?: { strict: boolean }): Finding {
  const findings = checkCentre({ ...centre, ...change }, options)
  assert.equal(findings.length, 1, findings.map(describeFinding).join('\n'))
  return findings[0] as Finding
}

function withFilter(change: Partial<Workflow['filters'][number]>): Partial<CentreDeclaration> {
  const [filter] = calls.filters
  assert.ok(filter)
  return { workflows: { calls: { ...calls, filters: [{ ...filter, ...change }] } } }
}

function withTiers(...tiers: Tier[]): Partial<CentreDeclaration> {
  return withFilter({ tiers })
}

function withQueue(targetWorkers: string): Partial<CentreDeclaration> {
  return { queues: { ...centre.queues, spanish: { friendlyName: 'Spanish', targetWorkers } } }
}

function withAttributes(attributes: Record<string, unknown>): Partial<CentreDeclaration> {
  const carmen = { languages: ['es'], skills: ['calls'], contact_uri: 'client:carmen' }
  return {
    workers: { carmen: { friendlyName: 'carmen', attributes: { ...carmen, ...attributes } } },
  }
}

describe('checkCentre', () => {
  it('finds nothing wrong with a sound centre', () => {
    assert.deepEqual(checkCentre(centre, { strict: true }), [])
  })

  describe('on expressions', () => {
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

  describe('on queues', () => {
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

  describe('on workflows', () => {
    it('refuses a filter behind a catch-all', () => {
      const tiers = [{ name: 'all', queue: 'anyone' }]
      const filters = [{ name: 'All', expression: '1==1', tiers }, ...calls.filters]
      const finding = onlyFinding({ workflows: { calls: { ...calls, filters } } })
      assert.equal(finding.severity, 'error')
      assert.equal(finding.property, 'filters[1]')
      assert.match(finding.message, /“Spanish” stands behind “All”/)
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

  describe('on people and numbers', () => {
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
        'error: Workflow calls, filters[0].expression: no task attribute “selected_langauge” is declared (line 1, column 1)',
        '  selected_langauge == 1',
        '  ^',
        '  → did you mean “selected_language”?',
      ].join('\n'),
    )
  })
})
