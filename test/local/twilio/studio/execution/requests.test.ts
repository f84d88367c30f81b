import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { demoAccount } from '../../../../../local/demo-account.ts'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { origin, startApplication } from '../../voice/application.ts'
import { contextOf, publish, run, type SmallWidget, wayOf } from './running-flow.ts'

describe('widgets that ask others', () => {
  let local: LocalTwilio
  let application: Awaited<ReturnType<typeof startApplication>>
  beforeEach(async () => {
    application = await startApplication(demoAccount.authToken)
    local = await startLocalTwilio({ origins: () => application.origins })
  })
  afterEach(async () => {
    await local.close()
    await application.close()
  })
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  const ask = (properties: object): Readonly<Record<string, SmallWidget>> => ({
    ask: [
      'make-http-request',
      { url: `${origin}/ask`, method: 'POST', content_type: 'application/json', ...properties },
      { success: null, failed: null },
    ],
  })
  const asked = async (properties: object, parameters = {}) => {
    const execution = await run(local, await publish(local, ask(properties)), parameters)
    return {
      event: (await wayOf(execution))[1],
      outputs: (await contextOf(execution)).widgets['ask'] ?? {},
    }
  }

  it('send JSON and read JSON', async () => {
    // The application above knows the signatures of forms only.
    const bodies: unknown[] = []
    const server = createServer(async (incoming, outgoing) => {
      bodies.push(await json(incoming))
      outgoing.setHeader('content-type', 'application/json; charset=utf-8')
      outgoing.end('{"agent":{"name":"Ada"}}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const body = '{"n": {{flow.data.n | to_json}}}'
    const { event, outputs } = await asked({ url: `http://127.0.0.1:${port}`, body }, { n: 'a"b' })
    server.close()
    server.closeAllConnections()
    assert.deepEqual([event, bodies], ['ask success Ended', [{ n: 'a"b' }]])
    assert.deepEqual(outputs, {
      status_code: 200,
      content_type: 'application/json',
      body: '{"agent":{"name":"Ada"}}',
      parsed: { agent: { name: 'Ada' } },
    })
  })

  it('send parameters as a form, and in the query of a GET', async () => {
    application.on('/ask', { type: 'text/plain', body: 'ok' })
    const parameters = [{ key: 'To', value: '{{contact.channel.address}}' }]
    const type = 'application/x-www-form-urlencoded;charset=utf-8'
    await asked({ content_type: type, parameters })
    await asked({ content_type: type, parameters, method: 'GET' })
    assert.deepEqual(
      application.to('/ask').map(({ method, fields }) => [method, fields['To']]),
      [
        ['POST', '+12025550123'],
        ['GET', '+12025550123'],
      ],
    )
  })

  it('fail on a refusal with its body, on a bad address and on a reserved parameter without one', async () => {
    application.on('/ask', { status: 404, type: 'text/plain', body: 'nobody' })
    const refused = await asked({})
    assert.equal(refused.event, 'ask failed Ended')
    assert.deepEqual([refused.outputs['status_code'], refused.outputs['body']], [404, 'nobody'])
    const nowhere = await asked({ url: 'nowhere' })
    assert.deepEqual([nowhere.event, nowhere.outputs], ['ask failed Ended', {}])
    const parameters = [{ key: 'method', value: 'x' }]
    assert.equal((await asked({ parameters })).event, 'ask failed Ended')
    assert.deepEqual(codes(), [81016, 81014, 81014])
  })

  it('take no answer of more than 64 kB, and follow redirects', async () => {
    application.on('/long', { type: 'text/plain', body: 'x'.repeat(65_537) })
    application.on('/ask', { status: 302, location: '/there' })
    application.on('/there', { type: 'text/plain', body: 'there' })
    assert.deepEqual((await asked({ url: `${origin}/long` })).outputs, {})
    assert.equal((await asked({})).outputs['body'], 'there')
  })

  it('send parameters in the query beside a body', async () => {
    let address = ''
    const server = createServer((incoming, outgoing) => {
      address = incoming.url ?? ''
      outgoing.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const parameters = [{ key: 'who', value: 'Ada B' }]
    await asked({ url: `http://127.0.0.1:${port}/a?b=c`, body: '{}', parameters })
    server.close()
    server.closeAllConnections()
    assert.equal(address.replace(/&?bodySHA256=\w+/, ''), '/a?b=c&who=Ada+B')
  })

  it('parse objects only, and keep what earlier answers left', async () => {
    const answers = [
      { type: 'application/json', body: '{"foo": "bar"}' },
      { status: 404, type: 'text/plain', body: 'not found' },
      { status: 201, type: 'application/json', body: '{"created": true}' },
      { type: 'application/json', body: '[1]' },
      { type: 'application/json', body: '{"broken' },
    ]
    application.on('/function', ({ fields }) => answers[Number(fields['count'])] ?? {})
    const flowSid = await publish(local, {
      // The counter of the documents.
      count: [
        'set-variables',
        {
          variables: [
            {
              key: 'count',
              value:
                '{% if flow.variables.count %}\n{{flow.variables.count | plus: 1}} {% else %} 0 {% endif %}',
            },
          ],
        },
        { next: 'ask' },
      ],
      ask: [
        'run-function',
        {
          url: `${origin}/function`,
          parameters: [{ key: 'count', value: '{{flow.variables.count}}' }],
        },
        { success: 'again', fail: 'again' },
      ],
      again: [
        'split-based-on',
        { input: '{{flow.variables.count}}' },
        { noMatch: null, 'match less_than 4': 'count' },
      ],
    })
    const execution = await run(local, flowSid)
    const asks = (await execution.steps.list()).filter((step) => step.transitionedFrom === 'ask')
    const contexts = asks.reverse().map(({ sid }) => execution.steps(sid).stepContext().fetch())
    const seen = (await Promise.all(contexts)).map(({ context }) => context.widgets.ask)
    assert.deepEqual(
      seen.map(({ status_code, parsed }) => [status_code, parsed]),
      [
        [200, { foo: 'bar' }],
        [404, { foo: 'bar' }],
        [201, { foo: 'bar', created: true }],
        [200, { foo: 'bar', created: true }],
        [200, { foo: 'bar', created: true }],
      ],
    )
    assert.equal((await contextOf(execution)).flow.variables['count'], 4)
  })

  it('ask Twilio’s own API in the account’s name', async () => {
    const url = 'https://studio.twilio.com/v2/Flows/{{flow.flow_sid}}'
    const { outputs } = await asked({ url, method: 'GET', add_twilio_auth: true })
    assert.equal((outputs['parsed'] as { friendly_name: string }).friendly_name, 'A flow')
    const stranger = await asked({ url, method: 'GET' })
    assert.equal(stranger.outputs['status_code'], 401)
    const both = url.replace('//', '//nobody:secret@')
    const overridden = await asked({ url: both, method: 'GET', add_twilio_auth: true })
    assert.equal(overridden.outputs['status_code'], 200)
  })

  it('give the account’s credentials to nobody else', async () => {
    for (const url of [`${origin}/ask`, 'https://api.twilio.com.example.com/']) {
      const { event, outputs } = await asked({ url, add_twilio_auth: true })
      assert.deepEqual([event, outputs], ['ask failed Ended', {}])
    }
    assert.deepEqual([application.seen, codes()], [[], [81014, 81014]])
  })

  it('call functions', async () => {
    application.on('/function', ({ fields }) => ({
      type: 'application/json',
      body: JSON.stringify({ got: fields['who'] }),
    }))
    const flowSid = await publish(local, {
      call: [
        'run-function',
        { url: `${origin}/function`, parameters: [{ key: 'who', value: '{{flow.data.who}}' }] },
        { success: 'next', fail: null },
      ],
      next: ['run-function', { url: `${origin}/missing` }, { success: null, fail: null }],
    })
    const execution = await run(local, flowSid, { who: 'Ada' })
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingRequest call',
      'call success next',
      'next fail Ended',
    ])
    assert.deepEqual((await contextOf(execution)).widgets['call']?.['parsed'], { got: 'Ada' })
    assert.deepEqual(codes(), [81017])
  })

  it('tell how many functions ran at once', async () => {
    const server = createServer((_, outgoing) => {
      outgoing.setHeader('x-twilio-function-concurrency', '7')
      outgoing.end('ok')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const template = '{{widgets.call.headers["x-twilio-function-concurrency"]}}'
    const flowSid = await publish(local, {
      call: ['run-function', { url: `http://127.0.0.1:${port}/` }, { success: 'set', fail: null }],
      set: ['set-variables', { variables: [{ key: 'n', value: template }] }, { next: null }],
    })
    const { flow } = await contextOf(await run(local, flowSid))
    server.close()
    server.closeAllConnections()
    assert.equal(flow.variables['n'], 7)
  })

  it('run sub-flows within the same execution', async () => {
    const callee = await publish(local, {
      set: [
        'set-variables',
        { variables: [{ key: 'greeting', value: 'Hi {{trigger.parent.parameters.who.name}}' }] },
        { next: null },
      ],
    })
    const flowSid = await publish(local, {
      sub: [
        'run-subflow',
        {
          flow_sid: callee,
          flow_revision: 'LatestPublished',
          parameters: [{ key: 'who', value: '{{flow.data | to_json}}', type: 'json_object' }],
        },
        { completed: 'after', failed: null },
      ],
      after: [
        'set-variables',
        { variables: [{ key: 'heard', value: '{{widgets.sub.greeting}}' }] },
        { next: null },
      ],
    })
    const execution = await run(local, flowSid, { name: 'Ada' })
    assert.deepEqual(await wayOf(execution), [
      'Trigger incomingRequest sub',
      'Trigger incomingParent set',
      'set next Ended',
      'sub completed after',
      'after next Ended',
    ])
    assert.deepEqual((await contextOf(execution)).flow.variables, { heard: 'Hi Ada' })
    const steps = await execution.steps.list()
    const parents = steps.map(({ parentStepSid }) => parentStepSid).reverse()
    const sub = steps.find(({ transitionedFrom }) => transitionedFrom === 'sub')
    assert.deepEqual(parents, [null, sub?.sid, sub?.sid, null, null])
    const within = steps.find(({ transitionedFrom }) => transitionedFrom === 'set')
    const { context } = await execution
      .steps(within?.sid ?? '')
      .stepContext()
      .fetch()
    assert.equal(context.trigger.parent.trigger_type, 'request')
    assert.deepEqual(context.flow.variables, { greeting: 'Hi Ada' })
  })

  it('leave a sub-flow that is missing, or has one itself, by failed', async () => {
    const sub = (flow_sid: string) =>
      [
        'run-subflow',
        { flow_sid, flow_revision: 'LatestPublished' },
        { completed: null, failed: null },
      ] as const
    const inner = await publish(local, { sub: sub(`FW${'1'.repeat(32)}`) })
    const outer = await publish(local, { sub: sub(inner) })
    assert.equal((await wayOf(await run(local, inner)))[1], 'sub failed Ended')
    assert.deepEqual(await wayOf(await run(local, outer)), [
      'Trigger incomingRequest sub',
      'Trigger incomingParent sub',
      'sub failed Ended',
      'sub completed Ended',
    ])
    assert.deepEqual(codes(), [81024, 81024])
  })
})
