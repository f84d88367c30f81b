import assert from 'node:assert/strict'
import * as pulumi from '@pulumi/pulumi'
import * as twilio from '../../provider/index.ts'
import { resources } from '../../provider/resources.ts'

type Registered = {
  readonly type: string
  readonly inputs: Readonly<Record<string, unknown>>
}

describe('@pulumi/twilio', () => {
  it('has a class for every resource', () => {
    const products: Readonly<Record<string, object>> = {
      taskrouter: twilio.taskrouter,
      account: twilio.account,
      conversations: twilio.conversations,
      events: twilio.events,
      flex: twilio.flex,
      messaging: twilio.messaging,
      phoneNumbers: twilio.phoneNumbers,
      sync: twilio.sync,
      studio: twilio.studio,
      voice: twilio.voice,
    }
    const tokens = Object.entries(products).flatMap(([product, classes]) =>
      Object.keys(classes)
        .filter((name) => /^[A-Z]/.test(name))
        .map((name) => `twilio:${product}:${name}`),
    )
    assert.deepEqual(tokens.sort(), resources.map(({ token }) => token).sort())
  })

  it('registers what a program declares, and hides the token of a provider', async () => {
    const registered: Registered[] = []
    // Programs that other tests ran in this process have left theirs.
    pulumi.runtime.setAllConfig({})
    await pulumi.runtime.setMocks({
      newResource({ type, name, inputs }) {
        registered.push({ type, inputs })
        return { id: `${name}-id`, state: { ...inputs, sid: 'WS1' } }
      },
      call: ({ inputs }) => inputs,
    })
    const provider = new twilio.Provider('other', {
      accountSid: `AC${'1'.repeat(32)}`,
      authToken: 'token',
    })
    const workspace = new twilio.taskrouter.Workspace(
      'centre',
      { friendlyName: pulumi.output('Centre') },
      { provider },
    )
    const sid = await new Promise((resolve) => {
      workspace.sid.apply(resolve)
    })
    assert.equal(sid, 'WS1')
    const [made, centre] = registered
    assert.equal(made?.inputs['baseUrl'], undefined)
    assert.equal(made?.type, 'pulumi:providers:twilio')
    assert.deepEqual(centre, {
      type: 'twilio:taskrouter:Workspace',
      inputs: { friendlyName: 'Centre' },
    })
  })

  it('reaches Twilio with a provider as the stack does, but signs in only with what it is given', async () => {
    const registered: Record<string, unknown> = {}
    await pulumi.runtime.setMocks({
      newResource({ name, inputs }) {
        registered[name] = inputs
        return { id: `${name}-id`, state: inputs }
      },
      call: ({ inputs }) => inputs,
    })
    pulumi.runtime.setAllConfig({
      'twilio:baseUrl': 'http://127.0.0.1:4301',
      'twilio:region': 'ie1',
      'twilio:edge': 'dublin',
      'twilio:authToken': 'token of the stack',
    })
    try {
      const accountSid = `AC${'1'.repeat(32)}`
      const same = new twilio.Provider('same', { accountSid })
      const elsewhere = new twilio.Provider('elsewhere', { accountSid, region: 'au1' })
      await Promise.all([same, elsewhere].map(({ urn }) => new Promise((done) => urn.apply(done))))
      const baseUrl = 'http://127.0.0.1:4301'
      assert.deepEqual(registered, {
        same: { accountSid, baseUrl, region: 'ie1', edge: 'dublin' },
        elsewhere: { accountSid, baseUrl, region: 'au1' },
      })
    } finally {
      pulumi.runtime.setAllConfig({})
    }
  })
})
