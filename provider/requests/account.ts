import { type ClientOptions, createClient, type TwilioClient } from './client.ts'
import { TwilioError, TwilioUnreachable, UnusableConfiguration } from './errors.ts'

const tries = 4
// Twilio's “account not active”.
const notActive = 20005

/** A client that was let in: wrong credentials are found here, before anything is planned. Throws `UnusableConfiguration`. */
export async function openAccount(options: ClientOptions): Promise<TwilioClient> {
  const client = createClient(options)
  const usesKey = options.username !== options.accountSid
  try {
    await (usesKey ? tryKey(client) : tryToken(client))
  } catch (error) {
    throw explain(error, options, usesKey)
  }
  return client
}

async function tryToken(client: TwilioClient): Promise<void> {
  const { accountSid } = client
  const path = `/2010-04-01/Accounts/${accountSid}.json`
  const account = await client.send({ method: 'GET', host: 'api.twilio.com', path, tries })
  const status = account?.['status']
  if (status !== 'suspended' && status !== 'closed') return
  throw inactive(accountSid, status)
}

function inactive(accountSid: string, status: string, cause?: unknown): UnusableConfiguration {
  const remedy =
    status === 'closed'
      ? 'a closed account never opens again, so choose another'
      : 'open it again in the console of Twilio (a subaccount: status active, from the main account; where this program declares that, with `pulumi up --target` and its URN first), or choose another'
  return new UnusableConfiguration(
    `The account ${accountSid} is ${status}: ${remedy} with \`pulumi config set twilio:accountSid AC…\``,
    { cause },
  )
}

// A standard API key may not read the account itself. Products other than the API of 2010 take the account from the key: one
// that belongs to another account would work there, and on that account.
async function tryKey(client: TwilioClient): Promise<void> {
  const { accountSid } = client
  const parameters = { PageSize: 1 }
  const path = `/2010-04-01/Accounts/${accountSid}/Applications.json`
  await client.send({ method: 'GET', host: 'api.twilio.com', path, parameters, tries })
  const answer = await client.send({
    method: 'GET',
    host: 'taskrouter.twilio.com',
    path: '/v1/Workspaces',
    parameters,
    tries,
  })
  const [workspace] = (answer?.['workspaces'] ?? []) as readonly Readonly<Record<string, unknown>>[]
  const owner = workspace?.['account_sid']
  if (typeof owner !== 'string' || owner === accountSid) return
  throw new UnusableConfiguration(
    `twilio:apiKey belongs to account ${owner}, twilio:accountSid is ${accountSid}: make a key in the account that is to be managed, and set it with \`pulumi config set twilio:apiKey SK…\` and \`pulumi config set --secret twilio:apiSecret\``,
  )
}

function explain(
  error: unknown,
  { accountSid, baseUrl }: ClientOptions,
  usesKey: boolean,
): unknown {
  if (error instanceof TwilioError && error.code === notActive) {
    return inactive(accountSid, 'suspended or closed', error)
  }
  if (error instanceof TwilioError && error.status === 404 && usesKey) {
    return new UnusableConfiguration(
      `Twilio finds no account ${accountSid} for this API key: either the key was made in another account, then make one in the account that is to be managed (\`pulumi config set twilio:apiKey SK…\`, \`pulumi config set --secret twilio:apiSecret\`), or twilio:accountSid is wrong`,
      { cause: error },
    )
  }
  if (error instanceof TwilioError && error.status === 404) {
    return new UnusableConfiguration(
      `Twilio knows no account ${accountSid}: correct it with \`pulumi config set twilio:accountSid AC…\``,
      { cause: error },
    )
  }
  if (error instanceof TwilioError && [401, 403].includes(error.status)) {
    const remedy = usesKey
      ? 'check that twilio:apiKey is a key of this account, and set its secret again with `pulumi config set --secret twilio:apiSecret`'
      : 'check twilio:accountSid, and set the token that belongs to it (a subaccount has one of its own) with `pulumi config set --secret twilio:authToken`'
    return new UnusableConfiguration(
      `Twilio does not accept the credentials for ${accountSid}: ${remedy}. It says the same of an account that is closed: what the state still has in one goes with \`pulumi state delete --target-dependents\` and the URN of its provider`,
      { cause: error },
    )
  }
  if (error instanceof TwilioUnreachable) {
    const remedy = baseUrl
      ? `nothing answers at ${baseUrl}; start the local Twilio, or correct twilio:baseUrl`
      : 'check the network, and twilio:edge and twilio:region if they are set'
    return new UnusableConfiguration(`Twilio can't be reached: ${remedy} (${error.message})`, {
      cause: error,
    })
  }
  return error
}
