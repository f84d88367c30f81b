import assert from 'node:assert/strict'
import {
  appSettings,
  centreSettings,
  phoneProfiles,
  tierNames,
  workflowConfiguration,
} from '../../schemas/index.ts'
import { configurationOf, type Run, runProgram } from './run-program.ts'

const local = configurationOf('local')

describe('the program, stack local', () => {
  let run: Run
  before(async () => {
    run = await runProgram({ stack: 'local' })
  })

  const namesOf = (type: string) =>
    run.resources.filter((resource) => resource.type === type).map(({ name }) => name)
  const resource = (type: string, name: string) => {
    const found = run.resources.find((other) => other.type === type && other.name === name)
    assert.ok(found, `${type} ${name}`)
    return found
  }

  it('declares the activities, and the roles of two', () => {
    assert.deepEqual(namesOf('twilio:taskrouter:Activity'), [
      'offline',
      'available',
      'busy',
      'wrap-up',
    ])
    const { inputs } = resource('twilio:taskrouter:WorkspaceDefaults', 'centre')
    const offline = resource('twilio:taskrouter:Activity', 'offline').id
    assert.equal(inputs['defaultActivitySid'], offline)
    assert.equal(inputs['timeoutActivitySid'], offline)
  })

  it('declares workers with languages, skills and a contact URI, who start available', () => {
    assert.ok(namesOf('twilio:taskrouter:Worker').length >= 4)
    const { inputs } = resource('twilio:taskrouter:Worker', 'alice')
    assert.deepEqual(inputs['attributes'], {
      languages: ['en'],
      skills: ['first_line'],
      contact_uri: 'client:alice',
    })
    assert.equal(inputs['activitySid'], resource('twilio:taskrouter:Activity', 'available').id)
  })

  it('declares one workflow for all hunts, and hands the groups to the functions', () => {
    const { inputs } = resource('twilio:taskrouter:Workflow', 'hunts')
    const { filters = [] } = workflowConfiguration.parse(inputs['configuration']).task_routing
    const [target] = filters[0]?.targets ?? []
    assert.equal(target?.queue, resource('twilio:taskrouter:TaskQueue', 'hunts').id)
    assert.match(target?.expression ?? '', /^worker\.sid IN task\.offered_to AND /)
    assert.equal(resource('twilio:taskrouter:TaskQueue', 'hunts').inputs['maxReservedWorkers'], 50)
    const { CENTRE_SETTINGS } = appSettings.parse(run.outputs['appSettings'])
    const { hunts } = centreSettings.parse(JSON.parse(CENTRE_SETTINGS))
    assert.equal(hunts?.workflowSid, resource('twilio:taskrouter:Workflow', 'hunts').id)
    const [first] = hunts?.groups['account_managers']?.tiers ?? []
    assert.equal(first?.workers[0], resource('twilio:taskrouter:Worker', 'alice').id)
  })

  it('declares queues by expression', () => {
    const { inputs } = resource('twilio:taskrouter:TaskQueue', 'spanish-everyone')
    assert.equal(inputs['targetWorkers'], 'languages HAS "es"')
  })

  it('declares a workflow whose every filter escalates twice at least', () => {
    const { inputs } = resource('twilio:taskrouter:Workflow', 'calls')
    const configuration = workflowConfiguration.parse(inputs['configuration'])
    const { filters = [], default_filter } = configuration.task_routing
    const tiers = filters.map(({ targets }) => targets.map(({ timeout }) => timeout))
    assert.deepEqual(tiers, [
      [8, 20, 300],
      [8, 20, 300],
    ])
    assert.equal(
      filters[0]?.targets[0]?.queue,
      resource('twilio:taskrouter:TaskQueue', 'spanish-first-line').id,
    )
    assert.equal(default_filter?.queue, resource('twilio:taskrouter:TaskQueue', 'anyone').id)
  })

  it('lets a reservation last as long as the shortest tier, and answers from the functions', () => {
    const { inputs } = resource('twilio:taskrouter:Workflow', 'calls')
    assert.equal(inputs['taskReservationTimeout'], 8)
    assert.equal(inputs['assignmentCallbackUrl'], 'http://127.0.0.1:4302/assignment')
    assert.equal(
      inputs['fallbackAssignmentCallbackUrl'],
      'http://127.0.0.1:4302/assignment-fallback',
    )
  })

  it('declares the number with its webhooks', () => {
    const { inputs } = resource('twilio:phoneNumbers:IncomingPhoneNumber', 'main')
    assert.equal(inputs['phoneNumber'], '+12025550100')
    assert.equal(inputs['voiceUrl'], 'http://127.0.0.1:4302/incoming-call')
    assert.equal(inputs['statusCallback'], 'http://127.0.0.1:4302/call-status')
    assert.equal(inputs['voiceFallbackUrl'], 'http://127.0.0.1:4302/voicemail')
  })

  it('declares nothing but Twilio’s resources and its own components', () => {
    const foreign = run.resources.filter(({ type }) => !/^(twilio|switchboard):/.test(type))
    assert.deepEqual(foreign, [])
  })

  it('gives the functions settings that they take, as a secret', () => {
    const settings = appSettings.parse(run.outputs['appSettings'])
    assert.deepEqual(run.secrets, ['appSettings'])
    assert.equal(settings.PUBLIC_BASE_URL, run.outputs['publicBaseUrl'])
    assert.equal(settings.WORKFLOW_SID, run.outputs['workflowSid'])
    assert.equal(settings.WORKSPACE_SID, run.outputs['workspaceSid'])
    assert.equal(settings.CALLER_ID, run.outputs['phoneNumber'])
    assert.equal(settings.TWILIO_BASE_URL, 'http://127.0.0.1:4301')
    const centre = centreSettings.parse(JSON.parse(settings.CENTRE_SETTINGS))
    assert.equal(centre.wrapUpSeconds.default, 10)
    // A phone rings longer than a reservation lasts.
    assert.equal(centre.ringSeconds, 18)
  })

  it('names the tiers for pages, and how unattended phones behave', () => {
    assert.deepEqual(tierNames.parse(run.outputs['tiers']), {
      Calls: {
        Spanish: ['first line', 'everyone', 'anyone'],
        English: ['first line', 'everyone', 'anyone'],
      },
    })
    const profiles = phoneProfiles.parse(run.outputs['phoneProfiles'])
    assert.deepEqual(
      profiles.find(({ address }) => address === 'client:alice'),
      { address: 'client:alice', outcome: 'let-ring' },
    )
    assert.equal(profiles.find(({ address }) => address === 'client:bob')?.afterSeconds, 3)
  })

  it('warns of nothing', () => {
    assert.deepEqual(run.warnings, [])
  })
})

describe('the program, other stacks', () => {
  const account = {
    'twilio:accountSid': `AC${'0'.repeat(32)}`,
    'twilio:authToken': 'token',
    'switchboard:phoneNumber': '+12025550111',
    'switchboard:publicBaseUrl': 'https://calls.example.com',
  }

  it('differs in dev by configuration only', async () => {
    const config = { ...configurationOf('dev'), ...account }
    const { resources, outputs } = await runProgram({ stack: 'dev', config })
    assert.equal(outputs['phoneNumber'], '+12025550111')
    const number = resources.find(({ type }) => type.endsWith('IncomingPhoneNumber'))
    assert.equal(number?.inputs['voiceUrl'], 'https://calls.example.com/incoming-call')
    assert.deepEqual(outputs['phoneProfiles'], [])
  })

  it('runs in prod without a roster of its own, strictly and without a warning', async () => {
    const config = { ...configurationOf('prod'), ...account }
    const { resources, warnings } = await runProgram({ stack: 'prod', config })
    assert.deepEqual(warnings, [])
    assert.deepEqual(
      resources.filter(({ type }) => type === 'twilio:taskrouter:Worker'),
      [],
    )
  })

  it('asks for what dev and prod leave to be set, by key and command', async () => {
    await assert.rejects(runProgram({ stack: 'dev' }), ({ message }: Error) => {
      assert.match(message, /switchboard:phoneNumber is missing \(the number that callers dial/)
      assert.match(message, /pulumi config set --stack dev 'switchboard:publicBaseUrl' '…'/)
      assert.match(message, /pulumi config set --stack dev --secret 'twilio:authToken'$/m)
      return true
    })
  })
})

describe('the program, badly configured', () => {
  const refused = (config: Record<string, string>, ...wanted: readonly RegExp[]) =>
    assert.rejects(runProgram({ config: { ...local, ...config } }), ({ message }: Error) => {
      for (const pattern of wanted) assert.match(message, pattern)
      return true
    })
  const workers = JSON.parse(local['switchboard:workers'] ?? '[]')

  it('refuses a value of the wrong kind by its path', () =>
    refused(
      { 'switchboard:workers': JSON.stringify([{ ...workers[0], contactUri: 'alice' }]) },
      /switchboard:workers\[0\]\.contactUri must match/,
      /pulumi config set --stack local --path 'switchboard:workers\[0\]\.contactUri'/,
    ))

  it('refuses a key that it does not know, and says which was meant', () =>
    refused(
      { 'switchboard:wrapUpSecond': '20' },
      /switchboard:wrapUpSecond is not known here/,
      /did you mean switchboard:wrapUpSeconds\?/,
      /pulumi config rm --stack local 'switchboard:wrapUpSecond'/,
    ))

  it('refuses two workers of one name', () =>
    refused(
      { 'switchboard:workers': JSON.stringify([workers[0], workers[0]]) },
      /switchboard:workers\[1\]\.name is “alice” again/,
    ))

  it('refuses a time zone that does not exist', () =>
    refused(
      { 'switchboard:hours': '{"timeZone":"Madrid","open":[],"closedPrompt":"Closed."}' },
      /switchboard:hours\.timeZone must be an IANA name/,
    ))

  it('never shows the token', () =>
    refused({ 'twilio:accountSid': 'AC1' }, /^(?!.*10ca110ca)/s, /twilio:accountSid must match/))

  it('refuses an activity that does not exist, before anything is registered', () =>
    refused(
      { 'switchboard:startActivity': 'availabel' },
      /The centre is refused; 4 to mend before anything is registered/,
      /Worker alice, activity: there is no activity “availabel”\n {2}→ did you mean “available”\?/,
    ))

  it('refuses a phone number that is not in E.164', () =>
    refused(
      { 'switchboard:phoneNumber': '12025550100' },
      /IncomingPhoneNumber main, phoneNumber: “12025550100” is not a number in E\.164/,
      /→ did you mean \+12025550100\?/,
    ))

  it('warns of a worker in a hunt group who is not declared, and refuses one when strict', async () => {
    const alone = { 'switchboard:workers': JSON.stringify(workers.slice(0, 3)) }
    const { warnings } = await runProgram({ config: { ...local, ...alone } })
    assert.match(warnings.join(), /Hunt group account_managers names diego, not declared/)
    await refused(
      { ...alone, 'switchboard:strict': 'true' },
      /Hunt group account_managers names diego, not declared in switchboard:workers/,
    )
  })

  it('warns of a queue that no worker matches, and refuses it when strict', async () => {
    const english = {
      'switchboard:workers': JSON.stringify([workers[0]]),
      'switchboard:huntGroups': '[]',
    }
    const { warnings } = await runProgram({ config: { ...local, ...english } })
    assert.equal(warnings.length, 2)
    assert.match(warnings[0] ?? '', /TaskQueue spanish-first-line, targetWorkers: none of the 1/)
    await refused(
      { ...english, 'switchboard:strict': 'true' },
      /TaskQueue spanish-everyone, targetWorkers/,
    )
  })
})

describe('the program, with the number answered by Studio', () => {
  it('deploys the flow with what it names, and leads the number there', async () => {
    const { resources, warnings } = await runProgram({
      config: { ...local, 'switchboard:ivr': 'studio' },
    })
    assert.deepEqual(warnings, [])
    const flow = resources.find(
      ({ type, name }) => type === 'twilio:studio:Flow' && name === 'incoming',
    )
    const text = JSON.stringify(flow?.inputs['definition'])
    assert.doesNotMatch(text, /\$\{/)
    const workflow = resources.find(
      ({ type, name }) => type.endsWith('Workflow') && name === 'calls',
    )
    assert.ok(workflow)
    const sids = resources.filter(({ name, id }) => name === 'calls' && id).map(({ id }) => id)
    assert.ok(sids.some((sid) => text.includes(`"workflow_sid":"${sid}"`)))
    const number = resources.find(({ type }) => type.endsWith('IncomingPhoneNumber'))
    assert.equal(number?.inputs['voiceUrl'], `https://webhooks.example/${flow?.id}`)
    assert.equal(number?.inputs['statusCallback'], number?.inputs['voiceUrl'])
  })

  it('keeps the flow for the calls in it when functions answer again, and without a word has none', async () => {
    const flowsAndNumber = async (config: Readonly<Record<string, string>>) => {
      const { resources } = await runProgram({ config: { ...local, ...config } })
      const number = resources.find(({ type }) => type.endsWith('IncomingPhoneNumber'))
      const flow = resources.some(({ type, name }) => type.endsWith(':Flow') && name === 'incoming')
      return [flow, new URL(String(number?.inputs['voiceUrl'])).pathname]
    }
    assert.deepEqual(await flowsAndNumber({ 'switchboard:ivr': 'functions' }), [
      true,
      '/incoming-call',
    ])
    assert.deepEqual(await flowsAndNumber({}), [false, '/incoming-call'])
  })
})
