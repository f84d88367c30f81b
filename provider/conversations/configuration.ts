import { type Problem, type Static, Type } from '../../schemas/index.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { sid } from '../description/fields.ts'
import { unknownValue } from '../protocol/values.ts'
import { nameReading } from '../words/name-reading.ts'
import { canonicalDuration, durationSeconds } from './duration.ts'

const inputs = Type.Object(
  {
    defaultChatServiceSid: Type.Optional(
      sid('IS', 'conversations service of conversations that name none'),
    ),
    defaultMessagingServiceSid: Type.Optional(
      sid('MG', 'messaging service of conversations that name none'),
    ),
    defaultInactiveTimer: timer('without messages a conversation becomes inactive; at least PT1M'),
    defaultClosedTimer: timer('an inactive conversation is closed; at least PT10M'),
  },
  { additionalProperties: false },
)

export type ConfigurationInputs = Static<typeof inputs>

/** The account's one configuration of Conversations. */
export const configuration: ResourceDescription = {
  token: 'twilio:conversations:Configuration',
  description:
    'What conversations of the account have when they say nothing else. It is always there, so it is only set; deleting it clears it, and makes the account’s own service the default one again.',
  host: 'conversations.twilio.com',
  collection: '/v1/Configuration',
  single: true,
  lasting: true,
  id: ['accountSid'],
  listing: { kind: 'single' },
  inputs,
  outputs: Type.Object({ accountSid: Type.String({ description: 'the account' }) }),
  replaceOn: [],
  canonical: { defaultInactiveTimer: canonicalDuration, defaultClosedTimer: canonicalDuration },
  readings: {
    defaultChatService: nameReading('defaultChatServiceSid', 'default conversations service'),
    defaultMessagingService: nameReading('defaultMessagingServiceSid', 'default messaging service'),
  },
  usual: { defaultChatServiceSid: ownService },
  check({ defaultInactiveTimer, defaultClosedTimer }) {
    return [
      ...checkTimer('defaultInactiveTimer', defaultInactiveTimer, 60),
      ...checkTimer('defaultClosedTimer', defaultClosedTimer, 600),
    ]
  },
}

function timer(after: string) {
  const description = `ISO 8601 duration (PT30M, P1D) after which ${after}. Default: never`
  return Type.Optional(Type.String({ description }))
}

function checkTimer(path: string, value: unknown, leastSeconds: number): readonly Problem[] {
  if (typeof value !== 'string' || value === '' || value === unknownValue) return []
  const seconds = durationSeconds(value)
  if (seconds === undefined) {
    return [
      { path, message: `“${value}” is no ISO 8601 duration: write PT30M or P1D, for example` },
    ]
  }
  if (seconds >= leastSeconds) return []
  return [{ path, message: `${value} is too short: Twilio takes ${leastSeconds} seconds or more` }]
}

// Some service always is the default. The one that an account comes with is the first that it had.
async function ownService({ client }: HookContext): Promise<unknown> {
  const { host } = configuration
  const rows = await client.list({ host, path: '/v1/Services' }, 'services')
  const own = rows.find((row) => row['friendly_name'] === 'Default Conversations Service')
  const created = (row: (typeof rows)[number]) => Date.parse(String(row['date_created']))
  return (own ?? rows.toSorted((a, b) => created(a) - created(b))[0])?.['sid']
}
