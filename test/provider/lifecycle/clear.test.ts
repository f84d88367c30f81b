import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { createWallClock } from '../../../local/clock.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { canonical } from '../../../provider/comparison/meaning.ts'
import type { ResourceDescription } from '../../../provider/description/description.ts'
import { parseId, pathOf } from '../../../provider/description/identity.ts'
import { fieldOf } from '../../../provider/requests/wire.ts'
import { resourceOf } from '../../../provider/resources.ts'
import { arbitraryMembers } from '../arbitrary/arbitrary-program.ts'
import { inOrder } from '../arbitrary/in-order.ts'
import { type Engine, type State, startEngine } from '../engine/engine.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'
import type { Properties } from '../engine/wire.ts'

// What a property needs beside it: Twilio refuses it alone.
const company: Readonly<Record<string, readonly string[]>> = {
  voiceFallbackUrl: ['voiceUrl'],
  smsFallbackUrl: ['smsUrl'],
}

// Not required by its schema, and yet every program has it.
const always: Readonly<Record<string, readonly string[]>> = {
  'twilio:phoneNumbers:IncomingPhoneNumber': ['phoneNumber'],
}

// Members on which others stand: without them the object is another one, or none at all.
const pillars: ReadonlySet<string> = new Set(['type', 'webhookUrl', 'studioFlowSid'])

// Says how something is written, and has no effect afterwards: there is nothing that could be cleared.
const ofTheWrite: ReadonlySet<string> = new Set(['commitMessage', 'autoCorrectAddress'])

// What no program of `arbitrary` holds.
const more: Readonly<Record<string, unknown>> = {
  trunkSid: `TK${'7'.repeat(32)}`,
  bundleSid: `BU${'7'.repeat(32)}`,
  identitySid: `RI${'7'.repeat(32)}`,
  'twilio:account:Subaccount status': 'suspended',
}

const roles: Readonly<Record<string, string>> = {
  defaultChatServiceRoleSid: 'service admin',
  defaultConversationRoleSid: 'channel admin',
  defaultConversationCreatorRoleSid: 'channel user',
}

describe('a property that is taken out of the program', function () {
  this.timeout(60_000)
  const made: Record<string, string> = {}
  const stack: { readonly token: string; readonly state: State }[] = []
  let twilio: RecordedTwilio
  let engine: Engine

  before(async () => {
    twilio = await startRecordedTwilio(createWallClock())
    engine = await startEngine(twilio.url)
  })
  after(async () => {
    engine.close()
    await twilio.close()
  })

  for (const token of inOrder()) {
    it(`of ${token} is cleared at Twilio`, () => assertClears(token))
  }

  async function assertClears(token: string): Promise<void> {
    const resource = resourceOf(token)
    const required = [...(resource.inputs.required ?? []), ...(always[token] ?? [])]
    const bare = await valuesFor(resource, required)
    const { state } = await engine.up(token, undefined, bare, token)
    stack.push({ token, state })
    made[token] = state.id.slice(state.id.lastIndexOf('/') + 1)
    const kept = new Set([
      ...required,
      ...resource.replaceOn,
      ...(resource.createOnly ?? []),
      ...(resource.localOnly ?? []),
      ...ofTheWrite,
    ])
    for (const name of Object.keys(resource.inputs.properties)) {
      if (kept.has(name)) continue
      const without = { ...bare, ...(await valuesFor(resource, company[name] ?? [])) }
      const program = { ...without, ...(await valuesFor(resource, [name])) }
      await assertCleared(resource, name, without, program)
    }
    for (const name of Object.keys(resource.nested ?? {})) {
      await assertClearsMembers(resource, name, bare)
    }
  }

  async function assertClearsMembers(
    resource: ResourceDescription,
    name: string,
    bare: Properties,
  ): Promise<void> {
    const values = arbitraryMembers(resource.token, made)[name] ?? fc.constant({})
    for (const value of fc.sample(values, { numRuns: 10, seed: 1 }) as Properties[]) {
      for (const member of Object.keys(value).filter((each) => !pillars.has(each))) {
        const { [member]: _, ...others } = value
        const [without, program] = [others, value].map((object) => ({ ...bare, [name]: object }))
        const said = [others, value].map((object) => canonical(resource, name, object))
        if (without && program && !isDeepStrictEqual(said[0], said[1])) {
          await assertCleared(resource, name, without, program)
        }
      }
    }
  }

  async function assertCleared(
    resource: ResourceDescription,
    name: string,
    without: Properties,
    program: Properties,
  ): Promise<void> {
    const { token } = resource
    const place = `${token} ${name} ${JSON.stringify(program[name])}`
    const state = stack.findLast((each) => each.token === token)?.state
    const before = await engine.up(token, state, without, token)
    const unset = await live(resource, before.state)
    const set = await engine.up(token, before.state, program, token)
    assert.notDeepEqual(await live(resource, set.state), unset, `${place} is set`)
    const cleared = await engine.up(token, set.state, without, token)
    assert.equal(cleared.step, 'update', place)
    assert.deepEqual(await live(resource, cleared.state), unset, `${place} is cleared`)
    const seen = await engine.refresh(token, cleared.state)
    assert.deepEqual(seen?.drift.detailed, {}, place)
    stack.push({ token, state: cleared.state })
  }

  /** Everything that Twilio tells of the object, but for when and how often it was changed. */
  async function live(resource: ResourceDescription, { id }: State): Promise<unknown> {
    const { sids, sid } = parseId(resource, id)
    const { accountSid, authToken } = demoAccount
    const path = pathOf(resource, accountSid, sids, sid)
    const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
    const answer = await twilio.twilio.fetch(
      new Request(`http://local/${resource.host}${path}`, { headers: { authorization } }),
    )
    assert.equal(answer.status, 200, `${resource.token} at ${path}`)
    const {
      date_updated: _at,
      date_status_changed: _since,
      revision: _count,
      ...told
    } = (await answer.json()) as Properties
    const corrected = (resource.corrected ?? []).map((name) => [
      fieldOf(resource, name),
      String(told[fieldOf(resource, name)]).toUpperCase(),
    ])
    return { ...told, ...Object.fromEntries(corrected) }
  }

  async function valuesFor(
    resource: ResourceDescription,
    names: readonly string[],
  ): Promise<Properties> {
    const values = names.map(async (name) => [name, await valueFor(resource, name)])
    return Object.fromEntries(await Promise.all(values))
  }

  async function valueFor(resource: ResourceDescription, name: string): Promise<unknown> {
    const own = more[`${resource.token} ${name}`] ?? more[name] ?? (await roleFor(name))
    if (own !== undefined) return own
    const values = arbitraryMembers(resource.token, made)[name]
    assert.ok(values, `${resource.token} ${name} needs a value in this test`)
    const candidates = fc.sample(values, { numRuns: 30, seed: 1 })
    const value = candidates.find(
      (each) => canonical(resource, name, each) !== undefined && !isEmpty(each),
    )
    assert.notEqual(value, undefined, `${resource.token} ${name} is never but its default`)
    return value
  }

  // A role that is not the one that the service gives by itself.
  async function roleFor(name: string): Promise<string | undefined> {
    const other = roles[name]
    const service = made['twilio:conversations:Service']
    if (other === undefined || service === undefined) return undefined
    const all = await twilio.sdk.conversations.v1.services(service).roles.list()
    return all.find(({ friendlyName }) => friendlyName === other)?.sid
  }
})

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
