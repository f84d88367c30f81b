import { type Static, Type } from '@sinclair/typebox'
import { defineSchema, type Problem } from '../schemas/index.ts'
import { type ClientOptions, type Credentials, createClient, type TwilioClient } from './client.ts'
import { TwilioError, TwilioUnreachable, UnusableConfiguration } from './errors.ts'
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
    baseUrl: Type.Optional(
      Type.String({
        pattern: '^https?://\\S+$',
        description:
          'reaches every Twilio host as <baseUrl>/<host>, for the local Twilio; environment: TWILIO_BASE_URL',
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

/** Variables of the process, for what the configuration leaves out. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What is wrong with the configuration, the environment's share included. Nothing is said about what is not known yet. */
export function checkConfiguration(
  values: Properties,
  environment: Environment,
): readonly Problem[] {
  const known = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== unknownValue && value !== null),
  )
  const problems = configuration.problems(known)
  if (problems.length > 0) return problems
  const missing = missingOf(fill(known as Configuration, environment))
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
  const filled = fill(configuration.parse(values), environment)
  const { accountSid = '', authToken = '', apiKey, apiSecret = '', baseUrl } = filled
  const login = apiKey
    ? { username: apiKey, password: apiSecret }
    : { username: accountSid, password: authToken }
  return { accountSid, ...login, ...(baseUrl ? { baseUrl } : {}) }
}

/** A client that was let in: a wrong token is found here, before anything is planned. Throws `UnusableConfiguration`. */
export async function openAccount(options: ClientOptions): Promise<TwilioClient> {
  const usesKey = options.username !== options.accountSid
  const client = createClient(options)
  try {
    // A standard API key may not read the account itself.
    await client.send(
      usesKey
        ? {
            method: 'GET',
            host: 'taskrouter.twilio.com',
            path: '/v1/Workspaces',
            parameters: { PageSize: 1 },
            tries: 4,
          }
        : {
            method: 'GET',
            host: 'api.twilio.com',
            path: `/2010-04-01/Accounts/${options.accountSid}.json`,
            tries: 4,
          },
    )
  } catch (error) {
    throw explain(error, options, usesKey)
  }
  return client
}

function explain(
  error: unknown,
  { accountSid, baseUrl }: ClientOptions,
  usesKey: boolean,
): unknown {
  if (error instanceof TwilioError && error.status === 404) {
    return new UnusableConfiguration(
      `Twilio knows no account ${accountSid}: correct it with \`pulumi config set twilio:accountSid AC…\``,
      { cause: error },
    )
  }
  if (error instanceof TwilioError && [401, 403].includes(error.status)) {
    const remedy = usesKey
      ? 'check twilio:apiKey and set its secret again with `pulumi config set --secret twilio:apiSecret`'
      : 'check twilio:accountSid, and set the token that belongs to it with `pulumi config set --secret twilio:authToken`'
    return new UnusableConfiguration(
      `Twilio does not accept the credentials for ${accountSid}: ${remedy}`,
      { cause: error },
    )
  }
  if (error instanceof TwilioUnreachable) {
    const remedy = baseUrl
      ? `nothing answers at ${baseUrl}; start the local Twilio, or correct twilio:baseUrl`
      : 'check the network'
    return new UnusableConfiguration(`Twilio can't be reached: ${remedy} (${error.message})`, {
      cause: error,
    })
  }
  return error
}

function fill(values: Configuration, environment: Environment): Configuration {
  const named = values.authToken || values.apiKey
  return {
    accountSid: values.accountSid ?? environment['TWILIO_ACCOUNT_SID'],
    baseUrl: values.baseUrl ?? environment['TWILIO_BASE_URL'],
    // Credentials from one place: a key of the environment does not override a configured token.
    authToken: named ? values.authToken : environment['TWILIO_AUTH_TOKEN'],
    apiKey: named ? values.apiKey : environment['TWILIO_API_KEY'],
    apiSecret: values.apiSecret ?? environment['TWILIO_API_SECRET'],
  }
}

function missingOf({ accountSid, authToken, apiKey, apiSecret }: Configuration): Problem[] {
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
  return problems
}
