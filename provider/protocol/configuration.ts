import { defineSchema, type Problem, type Static, Type } from '../../schemas/index.ts'
import type { Credentials } from '../requests/client.ts'
import { UnusableConfiguration } from '../requests/errors.ts'
import { type Properties, unknownValue } from './values.ts'

const properties = Type.Object(
  {
    accountSid: Type.Optional(
      Type.String({
        pattern: '^AC[0-9a-fA-F]{32}$',
        description: 'SID of the account, AC and 32 hex digits; environment: TWILIO_ACCOUNT_SID',
      }),
    ),
    authToken: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'auth token of the account; environment: TWILIO_AUTH_TOKEN',
      }),
    ),
    apiKey: Type.Optional(
      Type.String({
        pattern: '^SK[0-9a-fA-F]{32}$',
        description: 'API key instead of the auth token; environment: TWILIO_API_KEY',
      }),
    ),
    apiSecret: Type.Optional(
      Type.String({ minLength: 1, description: 'its secret; environment: TWILIO_API_SECRET' }),
    ),
    region: Type.Optional(
      Type.String({
        pattern: '^[a-z]{2}[0-9]$',
        description:
          'where the account keeps its data, for example ie1; default us1; environment: TWILIO_REGION. Another region replaces everything',
      }),
    ),
    edge: Type.Optional(
      Type.String({
        pattern: '^[a-z][a-z-]*$',
        description:
          'where requests enter the network of Twilio, for example dublin; environment: TWILIO_EDGE',
      }),
    ),
    baseUrl: Type.Optional(
      Type.String({
        pattern: '^https?://[^\\s@]+$',
        description:
          'an address without user and password; reaches every Twilio host as <baseUrl>/<host>, for the local Twilio; environment: TWILIO_BASE_URL',
      }),
    ),
    force: Type.Optional(
      Type.Boolean({
        description:
          'true: queues, workflows, channels, activities, workers, workspaces and numbers are deleted whatever goes on in them; environment, for one run: TWILIO_FORCE=true',
      }),
    ),
  },
  { additionalProperties: true },
)

/** What `pulumi config set twilio:…` and a provider resource take. */
export const configuration = defineSchema('configuration of the Twilio provider', properties)
export type Configuration = Static<typeof properties>

/** The configuration's secrets. */
export const secretConfiguration: readonly string[] = ['authToken', 'apiSecret']

// The edge that lies in a region.
const edges: Readonly<Record<string, string>> = {
  us1: 'ashburn',
  ie1: 'dublin',
  au1: 'sydney',
  jp1: 'tokyo',
}

/** Variables of the process, for what the configuration leaves out. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What is wrong with the configuration, the environment's share included. Nothing is said about what is not known yet. */
export function checkConfiguration(
  values: Properties,
  environment: Environment,
): readonly Problem[] {
  const known = Object.fromEntries(
    Object.entries(parsed(values)).filter(([, value]) => value !== unknownValue && value !== null),
  )
  const problems = configuration.problems(known)
  if (problems.length > 0) return problems
  const filled = fill(known as Configuration, environment)
  const set = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined))
  const wrong = configuration.problems(set)
  if (wrong.length > 0) {
    return wrong.map(({ path, message }) => ({
      path,
      message: `${message}; it is set in the environment`,
    }))
  }
  const missing = missingOf(filled)
  // Whatever is unknown may be the credential that is looked for.
  const open = Object.values(values).includes(unknownValue)
  return open ? [] : missing
}

/** The credentials that the configuration and the environment give. Throws `UnusableConfiguration`. */
export function credentialsOf(values: Properties, environment: Environment): Credentials {
  const problems = checkConfiguration(values, environment)
  if (problems.length > 0) {
    const lines = problems.map(({ path, message }) => `twilio:${path} ${message}`)
    throw new UnusableConfiguration(lines.join('\n'))
  }
  const filled = fill(configuration.parse(parsed(values)), environment)
  const { accountSid = '', authToken = '', apiKey, apiSecret = '', baseUrl } = filled
  const { region, edge = region && edges[region] } = filled
  const login = apiKey
    ? { username: apiKey, password: apiSecret }
    : { username: accountSid, password: authToken }
  return {
    accountSid,
    ...login,
    ...(edge ? { place: { edge, region: region ?? 'us1' } } : {}),
    ...(baseUrl ? { baseUrl } : {}),
  }
}

/** Whether deletions are to be carried out whatever goes on in what they delete. */
export function isForced(values: Properties, environment: Environment): boolean {
  return parsed(values)['force'] === true || environment['TWILIO_FORCE'] === 'true'
}

// Configuration is text, also where it is a flag.
function parsed(values: Properties): Properties {
  const { force } = values
  return force === 'true' || force === 'false' ? { ...values, force: force === 'true' } : values
}

function fill(values: Configuration, environment: Environment): Configuration {
  // Credentials from one place: a key of the environment does not override a configured token, and what is there for one
  // account says nothing about another.
  const other = environment['TWILIO_ACCOUNT_SID'] ?? values.accountSid
  const named =
    values.authToken || values.apiKey || (values.accountSid && values.accountSid !== other)
  return {
    accountSid: values.accountSid ?? environment['TWILIO_ACCOUNT_SID'],
    baseUrl: values.baseUrl ?? environment['TWILIO_BASE_URL'],
    authToken: named ? values.authToken : environment['TWILIO_AUTH_TOKEN'],
    apiKey: named ? values.apiKey : environment['TWILIO_API_KEY'],
    apiSecret:
      values.apiSecret ?? (named && !values.apiKey ? undefined : environment['TWILIO_API_SECRET']),
    region: values.region ?? environment['TWILIO_REGION'],
    edge: values.edge ?? environment['TWILIO_EDGE'],
  }
}

function missingOf({
  accountSid,
  authToken,
  apiKey,
  apiSecret,
  region,
  edge,
}: Configuration): Problem[] {
  const problems: Problem[] = []
  if (!accountSid) {
    problems.push({
      path: 'accountSid',
      message:
        'is missing: `pulumi config set twilio:accountSid AC…`, or TWILIO_ACCOUNT_SID in the environment',
    })
  }
  if (!authToken && !apiKey) {
    problems.push({
      path: 'authToken',
      message:
        'is missing: `pulumi config set --secret twilio:authToken`, or TWILIO_AUTH_TOKEN in the environment',
    })
  }
  if (apiKey && !apiSecret) {
    problems.push({
      path: 'apiSecret',
      message: 'is missing beside apiKey: `pulumi config set --secret twilio:apiSecret`',
    })
  }
  if (region && !edge && !edges[region]) {
    problems.push({
      path: 'edge',
      message: `is missing beside region ${region}: \`pulumi config set twilio:edge\` with the edge that is nearest, for example dublin`,
    })
  }
  return problems
}
