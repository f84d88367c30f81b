import assert from 'node:assert/strict'
import * as pulumi from '@pulumi/pulumi'
import {
  checkedSettings,
  FunctionApp,
  FunctionAppSettings,
} from '../../../infra/components/function-app.ts'
import type { FunctionPlace } from '../../../infra/components/function-place.ts'
import { runProgram } from '../run-program.ts'

const sid = (prefix: string) => `${prefix}${'0'.repeat(32)}`

const settings = {
  TWILIO_ACCOUNT_SID: sid('AC'),
  TWILIO_AUTH_TOKEN: 'token',
  WORKSPACE_SID: sid('WS'),
  WORKFLOW_SID: sid('WW'),
  AVAILABLE_ACTIVITY_SID: sid('WA'),
  WRAP_UP_ACTIVITY_SID: sid('WA'),
  CALLER_ID: '+12025550100',
  CENTRE_SETTINGS: '{}',
}

class Thing extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: pulumi.Inputs, parent: pulumi.Resource) {
    super(`cloud:${type}`, name, inputs, { parent })
  }
}

/** A cloud as small as can be: a site, whose address is known once it exists, and its settings. */
const cloud: FunctionPlace = {
  declareHost(name, parent) {
    const site = new Thing('index:Site', name, {}, parent)
    return {
      publicBaseUrl: site.id.apply(() => 'https://site.example.com'),
      ownSettings: { AzureWebJobsStorage__accountName: 'store' },
      declareSettings(settingsName, values, settingsParent) {
        new Thing('index:Settings', settingsName, { site: site.id, values }, settingsParent)
      },
    }
  },
}

const declare = () =>
  runProgram({
    program: () => {
      const app = new FunctionApp('functions', { place: cloud })
      const { values } = new FunctionAppSettings('settings', {
        app,
        // The number's SID stands for everything of Twilio's that needs the address first.
        settings: { ...settings, CALLER_ID: app.url('').apply(() => '+12025550100') },
      })
      return { url: app.url('/healthz'), values }
    },
  })

describe('FunctionApp', () => {
  it('gives the address first and takes the settings last', async () => {
    const { resources, outputs } = await declare()
    assert.equal(outputs['url'], 'https://site.example.com/healthz')
    const declared = resources.filter(({ type }) => type.startsWith('cloud:'))
    assert.deepEqual(
      declared.map(({ type, name }) => `${type} ${name}`),
      ['cloud:index:Site functions', 'cloud:index:Settings settings'],
    )
    assert.equal(declared[1]?.inputs['site'], declared[0]?.id)
  })

  it('hands the place every setting, its own and the address too, as a secret', async () => {
    const { resources, outputs, secrets } = await declare()
    const declared = resources.find(({ type }) => type === 'cloud:index:Settings')
    const expected = {
      ...settings,
      PUBLIC_BASE_URL: 'https://site.example.com',
      AzureWebJobsStorage__accountName: 'store',
    }
    assert.deepEqual(outputs['values'], expected)
    assert.deepEqual(secrets, ['values'])
    assert.equal(JSON.stringify(declared?.inputs).includes('store'), true)
  })
})

describe('checkedSettings', () => {
  const complete = { ...settings, PUBLIC_BASE_URL: 'https://site.example.com' }

  it('leaves out what is not given', () => {
    assert.deepEqual(checkedSettings({ ...complete, TWILIO_BASE_URL: undefined }), complete)
  })

  it('stops at a setting that the functions would refuse', () => {
    assert.throws(() => checkedSettings({ ...complete, WORKFLOW_SID: 'WW1' }), /WORKFLOW_SID must/)
  })
})
