import {
  type AppSettings,
  appSettings,
  type CentreSettings,
  centreSettings,
  InvalidInput,
  isTimeZone,
  type Problem,
} from '../schemas/index.ts'

/** The environment, read once and typed. */
export type Settings = {
  readonly app: AppSettings
  readonly centre: CentreSettings
}

/** Whether the app can serve: before the first `up` it cannot, and says what is missing. */
export type Configuration =
  | { readonly kind: 'configured'; readonly settings: Settings }
  | { readonly kind: 'not-configured'; readonly problems: readonly Problem[] }

/** Reads the settings; the only place that looks at the environment. Never throws, never names a value. */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Configuration {
  try {
    return { kind: 'configured', settings: parseSettings(environment) }
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    return { kind: 'not-configured', problems: error.problems }
  }
}

function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const named = new Map(
    Object.keys(appSettings.json.properties)
      .map((name) => [name, environment[name]] as const)
      // A hosting plan may hand over a setting that was cleared as an empty text.
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  // EXTERNAL_HOST is the older name, without a scheme.
  if (!named.has('PUBLIC_BASE_URL') && environment['EXTERNAL_HOST']) {
    named.set('PUBLIC_BASE_URL', `https://${environment['EXTERNAL_HOST']}`)
  }
  refuseUnresolvedSecrets(named)
  const app = appSettings.parse(Object.fromEntries(named))
  if (!app.AzureWebJobsStorage && !app.AzureWebJobsStorage__accountName) {
    throw new InvalidInput('app settings', [
      { path: 'AzureWebJobsStorage', message: 'is missing (or AzureWebJobsStorage__accountName)' },
    ])
  }
  return { app, centre: parseCentre(app.CENTRE_SETTINGS) }
}

function parseCentre(text: string): CentreSettings {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InvalidInput('centre settings', [
      { path: 'CENTRE_SETTINGS', message: 'is not JSON; infra writes it from the configuration' },
    ])
  }
  const centre = centreSettings.parse(value)
  const problems = [...wrongLanguages(centre), ...wrongTimeZone(centre)]
  if (problems.length > 0) throw new InvalidInput('centre settings', problems)
  return centre
}

function* wrongLanguages({ languages, defaultLanguage }: CentreSettings): Generator<Problem> {
  if (!languages.some(({ code }) => code === defaultLanguage)) {
    const codes = languages.map(({ code }) => code).join(', ')
    yield { path: 'defaultLanguage', message: `must be one of the languages (${codes})` }
  }
  for (const [i, { digit }] of languages.entries()) {
    if (digit && languages.findIndex((other) => other.digit === digit) !== i) {
      yield { path: `languages[${i}].digit`, message: `${digit} is taken by another language` }
    }
  }
}

function* wrongTimeZone({ hours }: CentreSettings): Generator<Problem> {
  if (hours && !isTimeZone(hours.timeZone)) {
    yield { path: 'hours.timeZone', message: 'must be an IANA name, for example Europe/Madrid' }
  }
}

// A Key Vault reference that cannot be resolved is handed to the app as it stands.
function refuseUnresolvedSecrets(named: ReadonlyMap<string, string | undefined>): void {
  const problems = [...named]
    .filter(([, value]) => value?.startsWith('@Microsoft.KeyVault('))
    .map(([path]) => ({ path, message: 'is a Key Vault reference that could not be resolved' }))
  if (problems.length > 0) throw new InvalidInput('app settings', problems)
}
