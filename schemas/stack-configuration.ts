import { centreSettings } from './centre-settings.ts'
import { huntGroup, huntTier } from './hunt-group.ts'
import { phoneBehaviour } from './phone-profile.ts'
import { defineSchema, type TypeOf } from './schema.ts'
import { stackIncidents } from './stack-incidents.ts'
import { Type } from './type.ts'

const origin = (description: string) => Type.String({ pattern: '^https?://[^/]+$', description })

const worker = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9_.@]+$',
      description: 'name of the worker: letters, digits, _ . and @',
    }),
    languages: Type.Array(Type.String(), {
      description: 'codes of the languages, such as [en, es]',
    }),
    skills: Type.Array(Type.String(), { description: 'names of the skills, without hyphens' }),
    contactUri: Type.String({
      pattern: '^(client:.+|sips?:.+@.+|\\+[1-9][0-9]{1,14})$',
      description:
        'where the worker is called: client:alice, sip:alice@example.com or +12025550123',
    }),
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'further worker attributes' }),
    ),
    phone: Type.Optional(phoneBehaviour),
  },
  { additionalProperties: false },
)

const stackHuntGroup = Type.Object(
  {
    ...huntGroup.json.properties,
    name: Type.String({ minLength: 1, maxLength: 64, description: 'name of the group' }),
    tiers: Type.Array(
      Type.Object(
        {
          ...huntTier.properties,
          workers: Type.Array(Type.String(), {
            minItems: 1,
            description: 'names of workers, one at least',
          }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, description: 'one tier at least' },
    ),
  },
  { additionalProperties: false },
)

/** What differs between stacks: the values of `Pulumi.<stack>.yaml`, by their names without the project. */
export const stackConfiguration = defineSchema(
  'stack configuration',
  Type.Object(
    {
      friendlyName: Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'name of the TaskRouter workspace',
      }),
      phoneNumber: Type.String({
        minLength: 1,
        description: 'the number that callers dial, in E.164: +12025550100',
      }),
      publicBaseUrl: origin(
        'origin at which Twilio reaches the functions, without a trailing slash: https://calls.example.com',
      ),
      workers: Type.Array(worker, {
        description: 'the agents that this stack declares; [] if somebody else keeps the roster',
      }),
      startActivity: Type.Optional(
        Type.String({ description: 'activity of a newly declared worker; default offline' }),
      ),
      wrapUpSeconds: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 900, description: 'seconds of wrap-up; default 30' }),
      ),
      backOfficeKey: Type.Optional(
        Type.String({
          minLength: 16,
          description: 'a secret of 16 characters at least: the credential of back-office callers',
        }),
      ),
      huntGroups: Type.Optional(
        Type.Array(stackHuntGroup, {
          description: 'groups of agents to whom a seat in a conference is offered tier by tier',
        }),
      ),
      ivr: Type.Optional(
        Type.Union([Type.Literal('functions'), Type.Literal('studio')], {
          description:
            'who answers the number: functions, or studio for the flow “incoming”. Both deploy that flow, so that a switch cuts off nobody; without a word functions answer, and there is none',
        }),
      ),
      studioFlows: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          description: 'further flows of studio-flows/ that this stack deploys, by their names',
        }),
      ),
      incidents: Type.Optional(stackIncidents),
      serviceNowTableRoot: Type.Optional(
        Type.String({
          pattern: '^https?://[^/]+/',
          description: 'Table API of ServiceNow: https://<instance>.service-now.com/api/now/table/',
        }),
      ),
      serviceNowUser: Type.Optional(
        Type.String({ minLength: 1, description: 'user who reads and writes incidents' }),
      ),
      serviceNowPassword: Type.Optional(
        Type.String({ minLength: 1, description: 'a secret: the password of that user' }),
      ),
      hours: centreSettings.json.properties.hours,
      strict: Type.Optional(
        Type.Boolean({ description: 'true: a queue that no worker matches stops the deployment' }),
      ),
    },
    { additionalProperties: false },
  ),
)

export type StackConfiguration = TypeOf<typeof stackConfiguration>

/** The values of the provider's own namespace, `twilio:`, which the functions need too. */
export const twilioConfiguration = defineSchema(
  'Twilio configuration',
  Type.Object(
    {
      accountSid: Type.String({
        pattern: '^AC[0-9a-fA-F]{32}$',
        description: 'SID of the account: AC and 32 hex digits',
      }),
      authToken: Type.String({
        minLength: 1,
        description: 'auth token of the account, with which its webhooks are signed',
      }),
      baseUrl: Type.Optional(
        origin('instead of Twilio’s own hosts: an origin that stands in for all of them'),
      ),
    },
    { additionalProperties: true },
  ),
)

export type TwilioConfiguration = TypeOf<typeof twilioConfiguration>
