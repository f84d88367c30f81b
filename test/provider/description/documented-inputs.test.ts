import assert from 'node:assert/strict'
import type { ResourceDescription } from '../../../provider/description/description.ts'
import { membersOf, parameterName } from '../../../provider/requests/wire.ts'
import { resources } from '../../../provider/resources.ts'
import { at, describedCalls, type Json, openApiPresent } from '../../support/openapi-documents.ts'

/** Form parameters of Twilio's that no program can set, each with the reason. */
const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'twilio:taskrouter:Workspace': {
    DefaultActivitySid: 'WorkspaceDefaults sets it: activities need the workspace first',
    TimeoutActivitySid: 'the same',
  },
  'twilio:taskrouter:WorkspaceDefaults': {
    FriendlyName: 'all but the two roles is the Workspace’s own',
    EventCallbackUrl: 'the same',
    EventsFilter: 'the same',
    MultiTaskEnabled: 'the same',
    PrioritizeQueueOrder: 'the same',
    Template: 'the same',
  },
  'twilio:taskrouter:Worker': {
    RejectPendingReservations: 'belongs to a change of the activity, which is run time’s',
  },
  'twilio:phoneNumbers:IncomingPhoneNumber': {
    AccountSid: 'hands the number to another account, whose stack it would then be in',
    ApiVersion: 'there is one version',
    EmergencyStatus: 'follows from the emergency address',
    VoiceReceiveMode: 'fax is no more',
  },
  'twilio:voice:Application': {
    ApiVersion: 'there is one version',
    SmsStatusCallback: 'the old name of MessageStatusCallback',
  },
  'twilio:sync:Map': { CollectionTtl: 'another name of Ttl' },
}

describe('the inputs of every resource', () => {
  it('are what Twilio’s documents let one set, but for what is left out on purpose', function () {
    if (!openApiPresent) return this.skip()
    const missing = resources.map((resource) => [resource.token, unknownTo(resource)] as const)
    const listed = Object.entries(leftOut).map(
      ([token, names]) => [token, Object.keys(names).sort()] as const,
    )
    assert.deepEqual(
      Object.fromEntries(missing.filter(([, names]) => names.length > 0)),
      Object.fromEntries(listed),
    )
  })

  it('are looked up for every resource that has a document', function () {
    if (!openApiPresent) return this.skip()
    const without = resources.filter((resource) => writesOf(resource).length === 0)
    // Twilio's document of Messaging is not among them; Flex takes JSON, whose members it leaves open.
    assert.deepEqual(
      without.map(({ token }) => token),
      [
        'twilio:messaging:Service',
        'twilio:messaging:ServicePhoneNumber',
        'twilio:flex:Configuration',
      ],
    )
  })
})

function unknownTo(resource: ResourceDescription): readonly string[] {
  const { inputs, nested = {} } = resource
  const known = new Set(
    Object.keys(inputs.properties).flatMap((name) => {
      const members = name in nested ? Object.keys(membersOf(resource, name)) : []
      const own = parameterName(name)
      return [own, ...members.map((member) => `${own}.${parameterName(member)}`)]
    }),
  )
  const documented = new Set(writesOf(resource).flatMap((form) => Object.keys(form)))
  return [...documented].filter((name) => !known.has(name)).sort()
}

/** The forms that create or change an object of the type. */
function writesOf({ host, collection }: ResourceDescription): readonly Json[] {
  const places = [collection, objectPath(collection)].map(anonymous)
  return describedCalls()
    .filter(({ method, host: own }) => method === 'POST' && own === host)
    .filter(({ name }) => places.includes(anonymous(name.replace('POST ', ''))))
    .flatMap(({ operation }) => {
      const form = at(operation, ...formKeys) as Json | undefined
      return form ? [form] : []
    })
}

const formKeys = [
  'requestBody',
  'content',
  'application/x-www-form-urlencoded',
  'schema',
  'properties',
]

function objectPath(collection: string): string {
  return collection.endsWith('.json')
    ? collection.replace(/\.json$/, '/{}.json')
    : `${collection}/{}`
}

function anonymous(path: string): string {
  return path.replaceAll(/\{\w*\}/g, '{}')
}
