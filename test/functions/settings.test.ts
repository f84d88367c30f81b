import assert from 'node:assert/strict'
import { readConfiguration } from '../../functions/index.ts'
import type { CentreSettings } from '../../schemas/index.ts'
import { appEnvironment, centre } from '../support/centre-settings.ts'

function problemsOf(environment: Record<string, string>): string[] {
  const configuration = readConfiguration(environment)
  if (configuration.kind === 'configured') return []
  return configuration.problems.map(({ path, message }) => `${path} ${message}`)
}

describe('readConfiguration', () => {
  it('reads the settings of the app and of the centre', () => {
    const configuration = readConfiguration(appEnvironment())
    assert.ok(configuration.kind === 'configured')
    assert.equal(configuration.settings.app.PUBLIC_BASE_URL, 'https://centre.example')
    assert.equal(configuration.settings.centre.defaultLanguage, 'en')
  })

  it('names everything that is missing', () => {
    const problems = problemsOf({ WORKSPACE_SID: '' })
    assert.ok(problems.includes('PUBLIC_BASE_URL is missing'))
    assert.ok(problems.includes('WORKSPACE_SID is missing'))
    assert.ok(problems.includes('TWILIO_AUTH_TOKEN is missing'))
    const { AzureWebJobsStorage: _, ...storeless } = appEnvironment()
    assert.deepEqual(problemsOf(storeless), [
      'AzureWebJobsStorage is missing (or AzureWebJobsStorage__accountName)',
    ])
  })

  it('takes EXTERNAL_HOST for the public address', () => {
    const { PUBLIC_BASE_URL: _, ...older } = appEnvironment({ EXTERNAL_HOST: 'calls.example' })
    const configuration = readConfiguration(older)
    assert.ok(configuration.kind === 'configured')
    assert.equal(configuration.settings.app.PUBLIC_BASE_URL, 'https://calls.example')
  })

  it('refuses a Key Vault reference that was not resolved, and says nothing of its value', () => {
    const reference = '@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/token)'
    const problems = problemsOf(appEnvironment({ TWILIO_AUTH_TOKEN: reference }))
    assert.deepEqual(problems, [
      'TWILIO_AUTH_TOKEN is a Key Vault reference that could not be resolved',
    ])
  })

  it('refuses a menu that contradicts itself', () => {
    const [english, spanish] = centre.languages
    assert.ok(english && spanish)
    const settings: CentreSettings = {
      ...centre,
      defaultLanguage: 'fr',
      languages: [{ ...english, digit: '1' }, spanish],
      hours: { timeZone: 'Europe/Atlantis', open: [], closedPrompt: 'Closed.' },
    }
    assert.deepEqual(problemsOf(appEnvironment({}, settings)), [
      'defaultLanguage must be one of the languages (en, es)',
      'languages[1].digit 1 is taken by another language',
      'hours.timeZone must be an IANA name, for example Europe/Madrid',
    ])
    assert.match(problemsOf(appEnvironment({ CENTRE_SETTINGS: '{' }))[0] ?? '', /is not JSON/)
  })
})
