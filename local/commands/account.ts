import { demoAccount } from '../demo-account.ts'
import type { ConfigOverrides } from '../engine/index.ts'
import { UsageError } from '../failure.ts'
import { runFile } from '../paths.ts'
import { requireRun } from '../run-file.ts'
import { noStack, type OpenStack, openStack } from './stack.ts'

/** Flags of commands that look at a whole account. */
export const accountFlags = {
  account: { type: 'string' },
  stack: { type: 'string', short: 's' },
  'auth-token': { type: 'string' },
  'api-key': { type: 'string' },
  'api-secret': { type: 'string' },
  region: { type: 'string' },
  edge: { type: 'string' },
  'base-url': { type: 'string' },
} as const

/** Their lines of the help text. */
export const accountHelp = `  --account <local|AC…>   local is the running centre (npm start), AC… an account of Twilio’s;
                          default: the account of the stack
  -s, --stack <name>      the stack whose resources count as managed, and whose configuration holds the
                          credentials (default: local with --account local, else none)
  --auth-token, --api-key, --api-secret, --region, --edge, --base-url
                          as in the provider’s configuration, and before it. A secret is better kept in the
                          stack (pulumi config set --secret twilio:authToken) or in the environment
                          (TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET)`

/** What the flags hold. */
export type AccountChoice = { readonly [Flag in keyof typeof accountFlags]?: string }

/** An account, and the stack that it is compared with. */
export type OpenAccount = OpenStack & {
  /** Whether it is the running centre's. */
  readonly local: boolean
  /** Whether a stack was named, or is meant: without one nothing counts as managed. */
  readonly managed: boolean
  /** The account's SID, as far as flags and the environment tell. */
  readonly accountSid: string | undefined
}

/** What to say of a stack of which the embedded engine has no state; undefined where it has one, or another was named. */
export function missingStateHint(
  { name, managed }: Pick<OpenAccount, 'name' | 'managed'>,
  recorded: readonly unknown[],
  stateFile: string | undefined,
): string | undefined {
  if (!managed || stateFile !== undefined || recorded.length > 0 || name === 'local')
    return undefined
  return `The embedded engine has no state of “${name}”, so nothing counts as managed. If the Pulumi CLI keeps it: pulumi stack export --stack ${name} --file stack.json, then --state stack.json`
}

const configured = {
  'auth-token': 'authToken',
  'api-key': 'apiKey',
  'api-secret': 'apiSecret',
  region: 'region',
  edge: 'edge',
  'base-url': 'baseUrl',
} as const satisfies Partial<Record<keyof AccountChoice, string>>

/** Opens the account that the flags choose. */
export async function openAccount(command: string, choice: AccountChoice): Promise<OpenAccount> {
  const { account, stack } = choice
  if (account !== undefined && account !== 'local' && !/^AC[0-9a-fA-F]{32}$/.test(account)) {
    const message = `--account must be “local” or the SID of an account (AC and 32 hex digits), not “${account}”`
    throw new UsageError(command, message)
  }
  const local = account === 'local' || (account === undefined && (stack ?? 'local') === 'local')
  const config: Record<string, ConfigOverrides[string]> = {}
  if (local) {
    config['twilio:accountSid'] = demoAccount.accountSid
    config['twilio:authToken'] = demoAccount.authToken
    config['twilio:baseUrl'] = (await requireRun(runFile)).twilioUrl
  } else if (account !== undefined) config['twilio:accountSid'] = account
  for (const [flag, key] of Object.entries(configured)) {
    const value = choice[flag as keyof typeof configured]
    const secret = flag === 'auth-token' || flag === 'api-secret'
    if (value !== undefined) config[`twilio:${key}`] = { value, secret }
  }
  const name = stack ?? (local ? 'local' : undefined)
  const opened = name
    ? await openStack(command, { stack: name }, { config })
    : await openStack(command, { stack: noStack }, { config, passphrase: '' })
  const accountSid = local ? demoAccount.accountSid : (account ?? process.env['TWILIO_ACCOUNT_SID'])
  return { ...opened, local, managed: name !== undefined, accountSid }
}
