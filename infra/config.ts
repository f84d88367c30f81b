import * as pulumi from '@pulumi/pulumi'
import { closestName } from '../routing/index.ts'
import {
  isTimeZone,
  type Problem,
  type StackConfiguration,
  stackConfiguration,
  type TwilioConfiguration,
  twilioConfiguration,
} from '../schemas/index.ts'

/** The stack's configuration, read once and typed. */
export type Settings = {
  readonly stack: Omit<StackConfiguration, 'backOfficeKey' | 'serviceNowPassword'>
  readonly backOfficeKey: pulumi.Output<string> | undefined
  readonly serviceNowPassword: pulumi.Output<string> | undefined
  readonly account: Omit<TwilioConfiguration, 'authToken'> & {
    readonly authToken: pulumi.Output<string>
  }
}

/** A configuration that the program refuses. The message names each key and the command that sets it. */
export class ConfigurationRefused extends pulumi.RunError {
  readonly code = 'configuration-refused'
  /** Keys as `pulumi config` writes them, with what is wrong. */
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const stack = pulumi.getStack()
    const lines = problems.map(
      (problem) => `  ${problem.path} ${problem.message}\n    ${remedy(problem, stack)}`,
    )
    super(`Pulumi.${stack}.yaml does not configure the stack “${stack}”:\n${lines.join('\n')}`)
    this.problems = problems
  }
}

/** Reads `switchboard:…` and `twilio:…` once; throws `ConfigurationRefused` with everything that is wrong. */
export function readSettings(): Settings {
  const stack = readNamespace(pulumi.getProject(), stackConfiguration.json.properties)
  const account = readNamespace('twilio', twilioConfiguration.json.properties)
  const inProject = within(pulumi.getProject(), stackConfiguration)
  const problems = [
    ...stackConfiguration.problems(stack).map(inProject),
    ...twilioConfiguration.problems(account).map(within('twilio', twilioConfiguration)),
  ]
  if (problems.length > 0) throw new ConfigurationRefused(problems)
  const parsed = stackConfiguration.parse(stack)
  const oddities = [...odd(parsed)].map(inProject)
  if (oddities.length > 0) throw new ConfigurationRefused(oddities)
  const { authToken, ...openAccount } = twilioConfiguration.parse(account)
  const { backOfficeKey, serviceNowPassword, ...openStack } = parsed
  return {
    stack: openStack,
    backOfficeKey: secretOr(backOfficeKey),
    serviceNowPassword: secretOr(serviceNowPassword),
    account: { ...openAccount, authToken: pulumi.secret(authToken) },
  }
}

function secretOr(text: string | undefined): pulumi.Output<string> | undefined {
  return text === undefined ? undefined : pulumi.secret(text)
}

type Property = { readonly type?: string; readonly description?: string }

// `pulumi.Config` wants to know each key beforehand and hides secrets in outputs, which cannot be checked before anything is
// registered. The same values lie in `allConfig`; the secrets among them are wrapped again above.
function readNamespace(
  namespace: string,
  properties: Readonly<Record<string, Property>>,
): Record<string, unknown> {
  const prefix = `${namespace}:`
  return Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => {
        const name = key.slice(prefix.length)
        return [name, properties[name]?.type === 'string' ? text : parseJson(text)]
      }),
  )
}

// Values other than texts travel as JSON; one that is none is left as it is, for the schema to refuse.
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function within(
  namespace: string,
  { json }: { readonly json: { readonly properties: Readonly<Record<string, Property>> } },
): (problem: Problem) => Problem {
  return ({ path, message }) => {
    const wanted = json.properties[path]?.description
    const unknown = message.startsWith('is not known here')
    const meant = unknown ? closestName(path, Object.keys(json.properties)) : undefined
    return {
      path: `${namespace}:${path}`,
      message:
        message +
        (message === 'is missing' && wanted ? ` (${wanted})` : '') +
        (meant ? `; did you mean ${namespace}:${meant}?` : ''),
    }
  }
}

// What the schemas cannot say.
function* odd({ workers, hours, incidents }: StackConfiguration): Generator<Problem> {
  const names = workers.map(({ name }) => name)
  for (const [i, name] of names.entries()) {
    const first = names.indexOf(name)
    if (first === i) continue
    yield { path: `workers[${i}].name`, message: `is “${name}” again, like workers[${first}]` }
  }
  if (hours && !isTimeZone(hours.timeZone)) {
    yield { path: 'hours.timeZone', message: 'must be an IANA name such as Europe/Madrid' }
  }
  for (const list of ['agent_list', 'escalation_list'] as const) {
    for (const [i, { on_call: onCall }] of (incidents?.roster?.[list] ?? []).entries()) {
      if (!onCall || isTimeZone(onCall.time_zone)) continue
      const path = `incidents.roster.${list}[${i}].on_call.time_zone`
      yield { path, message: 'must be an IANA name such as Europe/Madrid' }
    }
  }
}

function remedy({ path, message }: Problem, stack: string): string {
  if (message.includes('not known here')) return `pulumi config rm --stack ${stack} '${path}'`
  const set = `pulumi config set --stack ${stack}`
  // Without a value on the command line the CLI asks for it, and no shell history keeps it.
  if (/:(authToken|backOfficeKey|serviceNowPassword)$/.test(path))
    return `${set} --secret '${path}'`
  return `${set}${/[.[]/.test(path) ? ' --path' : ''} '${path}' '…'`
}
