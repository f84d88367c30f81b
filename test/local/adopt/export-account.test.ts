import assert from 'node:assert/strict'
import { demoAccount } from '../../../local/demo-account.ts'
import type { Engine } from '../../../local/engine/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'
import { assertRoundTrip } from './assert-round-trip.ts'
import { type Account, startAccount } from './exported-project.ts'

const { accountSid } = demoAccount

describe('exportAccount of a grown account', () => {
  let account: Account
  let engine: Engine
  before(async () => {
    account = await startAccount()
    engine = account.engine()
    for (const friendlyName of ['Support', 'Sales']) await makeWorkspace(account, friendlyName)
  })
  after(() => account.close())

  it('has a file for each workspace when there are several', async () => {
    const project = await account.export(engine)
    assert.deepEqual(
      [...project.files.keys()].filter((path) => path.endsWith('.ts')),
      ['index.ts', 'sales.ts', 'support.ts'],
    )
    assert.match(
      project.files.get('index.ts') ?? '',
      /^import '\.\/sales\.ts'\nimport '\.\/support\.ts'$/m,
    )
    assert.match(project.files.get('support.ts') ?? '', /^const workspace = /m)
    await assertRoundTrip(account, project)
  })

  it('writes flows as documents that name what they refer to', async () => {
    const { sid } = await makeFlow(account)
    await account.sdk.incomingPhoneNumbers.create({
      phoneNumber: '+12025550111',
      friendlyName: 'Main line',
      voiceUrl: `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${sid}`,
    })
    const project = await account.export(engine)
    const index = project.files.get('index.ts') ?? ''
    assert.match(index, /'support\.workflows\.calls': support\.workflows\.calls\.sid/)
    assert.match(index, /voiceUrl: flows\.mainLine\.webhookUrl/)
    const document = project.files.get('flows/main-line.json') ?? ''
    assert.match(document, /"workflow_sid": "\$\{support\.workflows\.calls\}"/)
    assert.doesNotMatch(document + index.replace(/^\/\/.*$/gm, ''), /[A-Z]{2}[0-9a-f]{32}/)
    await assertRoundTrip(account, project)
  })

  it('never writes a password out, and says which to set', async () => {
    const secret = 'https://user:correct-horse@example.com/voice'
    const made = await account.sdk.applications.create({
      friendlyName: 'Guarded',
      voiceUrl: secret,
    })
    const project = await account.export(engine)
    for (const [path, text] of project.files) assert.ok(!text.includes('correct-horse'), path)
    assert.deepEqual(project.secrets, ['guardedVoiceUrl'])
    assert.match(
      project.files.get('index.ts') ?? '',
      /^\/\/ {3}pulumi config set --secret \S+:guardedVoiceUrl$/m,
    )
    await assertRoundTrip(account, project, { [`${project.project}:guardedVoiceUrl`]: secret })

    const importing = account.engine()
    const object = { type: 'twilio:voice:Application', name: 'guarded', id: made.sid }
    assert.ok((await importing.importResources({ resources: [object] })).ok)
    assert.doesNotMatch(await importing.exportStack(), /correct-horse/)
    assert.match(await importing.exportStack({ showSecrets: true }), /correct-horse/)
    await importing.refresh()
    assert.doesNotMatch(await importing.exportStack(), /correct-horse/)
    await account.sdk.applications(made.sid).remove()
  })

  it('hides passwords in addresses within documents, and writes out the rest', async () => {
    const url = 'https://user:correct-horse@example.com/lookup'
    const workspaces = await account.sdk.taskrouter.v1.workspaces.list({ friendlyName: 'Support' })
    const workers = account.sdk.taskrouter.v1.workspaces(workspaces[0]?.sid ?? '').workers
    const attributes = JSON.stringify({ crm: url, team: 'two' })
    const { sid } = await workers.create({ friendlyName: 'Yan', attributes })
    const project = await account.export(engine)
    for (const [path, text] of project.files) assert.ok(!text.includes('correct-horse'), path)
    assert.equal(project.secrets.length, 1)
    assert.match([...project.files.values()].join(''), /team: 'two'/)
    await assertRoundTrip(account, project, { [`${project.project}:${project.secrets[0]}`]: url })
    await account.sdk.taskrouter.v1
      .workspaces(workspaces[0]?.sid ?? '')
      .workers(sid)
      .remove()
  })

  it('hides passwords within documents', async () => {
    const definition = greetingFlow()
    const dial = {
      type: 'connect-call-to',
      transitions: [{ event: 'callCompleted' }, { event: 'hangup' }],
      properties: {
        noun: 'sip',
        caller_id: '{{contact.channel.address}}',
        sip_endpoint: 'sip:desk@example.com',
        sip_username: 'desk',
        sip_password: 'correct-horse',
      },
    }
    Object.assign(definition.states.find(({ name }) => name === 'billing') ?? {}, dial)
    const made = await account.sdk.studio.v2.flows.create({
      friendlyName: 'Dialer',
      status: 'published',
      definition,
    })
    const project = await account.export(engine)
    for (const [path, text] of project.files) assert.ok(!text.includes('correct-horse'), path)
    assert.equal(project.secrets.length, 1)
    await assertRoundTrip(account, project, {
      [`${project.project}:${project.secrets[0]}`]: 'correct-horse',
    })
    await account.sdk.studio.v2.flows(made.sid).remove()
  })

  it('asks for secret properties as a whole', async () => {
    const sinkConfiguration = { write_key: 'correct-horse' }
    const made = await account.sdk.events.v1.sinks.create({
      description: 'Segment',
      sinkType: 'segment',
      sinkConfiguration,
    })
    const project = await account.export(engine)
    for (const [path, text] of project.files) assert.ok(!text.includes('correct-horse'), path)
    assert.match(
      project.files.get('index.ts') ?? '',
      /sinkConfiguration: config\.requireSecretObject\('segmentSinkConfiguration'\)/,
    )
    const key = `${project.project}:segmentSinkConfiguration`
    await assertRoundTrip(account, project, { [key]: JSON.stringify(sinkConfiguration) })
    await account.sdk.events.v1.sinks(made.sid).remove()
  })

  it('takes the account from the configuration, also within addresses', async () => {
    const made = await account.sdk.applications.create({
      friendlyName: 'Accountant',
      voiceUrl: `https://example.com/${accountSid}/voice?\${x}`,
    })
    const project = await account.export(engine)
    const index = project.files.get('index.ts') ?? ''
    assert.match(
      index,
      /const accountSid = new pulumi\.Config\('twilio'\)\.require\('accountSid'\)/,
    )
    assert.match(index, /`https:\/\/example\.com\/\$\{accountSid\}\/voice\?\\\$\{x\}`/)
    await assertRoundTrip(account, project)
    await account.sdk.applications(made.sid).remove()
  })

  it('refers to the activities that tasks of a queue move workers to', async () => {
    const workspaces = await account.sdk.taskrouter.v1.workspaces.list({ friendlyName: 'Sales' })
    const workspace = account.sdk.taskrouter.v1.workspaces(workspaces[0]?.sid ?? '')
    const busy = await workspace.activities.create({ friendlyName: 'Busy' })
    const queue = await workspace.taskQueues.create({
      friendlyName: 'One at a time',
      assignmentActivitySid: busy.sid,
    })
    const project = await account.export(engine)
    assert.match(
      project.files.get('sales.ts') ?? '',
      /assignmentActivitySid: activities\.busy\.sid/,
    )
    await assertRoundTrip(account, project)
    await workspace.taskQueues(queue.sid).remove()
    await workspace.activities(busy.sid).remove()
  })

  it('keeps a SID that nothing declares, and tells who mentions it', async () => {
    const bundle = `BU${'a'.repeat(32)}`
    const workspaces = await account.sdk.taskrouter.v1.workspaces.list()
    const worker = await account.sdk.taskrouter.v1
      .workspaces(workspaces[0]?.sid ?? '')
      .workers.create({ friendlyName: 'Zoe', attributes: JSON.stringify({ bundle }) })
    const project = await account.export(engine)
    assert.deepEqual(project.kept, [{ sid: bundle, by: 'taskrouter.Worker zoe' }])
    assert.match([...project.files.values()].join(''), new RegExp(`bundle: '${bundle}'`))
    await account.sdk.taskrouter.v1
      .workspaces(workspaces[0]?.sid ?? '')
      .workers(worker.sid)
      .remove()
  })

  it('gives up one reference where objects refer to each other in a circle', async () => {
    const [first, second] = [await makeFlow(account, 'One'), await makeFlow(account, 'Two')]
    await point(account, first.sid, second.sid)
    await point(account, second.sid, first.sid)
    const project = await account.export(engine)
    assert.equal(project.kept.length, 1)
    await assertRoundTrip(account, project)
  })
})

async function makeWorkspace({ sdk }: Account, friendlyName: string): Promise<void> {
  const { sid } = await sdk.taskrouter.v1.workspaces.create({ friendlyName })
  const workspace = sdk.taskrouter.v1.workspaces(sid)
  const queue = await workspace.taskQueues.create({ friendlyName: 'Everyone' })
  await workspace.workflows.create({
    friendlyName: 'Calls',
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
  })
}

async function makeFlow({ sdk }: Account, friendlyName = 'Main line') {
  const workspaces = await sdk.taskrouter.v1.workspaces.list({ friendlyName: 'Support' })
  const [workflow] = await sdk.taskrouter.v1.workspaces(workspaces[0]?.sid ?? '').workflows.list()
  const definition = greetingFlow()
  for (const state of definition.states) {
    if (state.type !== 'enqueue-call') continue
    Object.assign(state.properties, { workflow_sid: workflow?.sid, queue_name: undefined })
  }
  return sdk.studio.v2.flows.create({ friendlyName, status: 'published', definition })
}

async function point({ sdk }: Account, from: string, to: string): Promise<void> {
  const { definition } = await sdk.studio.v2.flows(from).fetch()
  const changed = { ...definition, description: `goes on in ${to}` }
  await sdk.studio.v2.flows(from).update({ status: 'published', definition: changed })
}
