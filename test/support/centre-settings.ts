import { demoAccount } from '../../local/demo-account.ts'
import type { CentreSettings } from '../../schemas/index.ts'

/** Settings of a small centre in English and Spanish. */
export const centre: CentreSettings = {
  welcome: 'Welcome to Riverside & Sons.',
  defaultLanguage: 'en',
  languages: [
    {
      code: 'en',
      voiceLanguage: 'en-US',
      prompt: 'Please hold for English.',
      waiting: 'Somebody will be with you soon.',
      apology: 'Sorry, something went wrong.',
      voicemail: 'Please leave a message after the tone.',
    },
    {
      code: 'es',
      digit: '1',
      voiceLanguage: 'es-MX',
      prompt: 'Para español, oprima uno.',
      waiting: 'Enseguida le atendemos.',
      apology: 'Disculpe, algo salió mal.',
      voicemail: 'Por favor, deje un mensaje después del tono.',
    },
  ],
  wrapUpSeconds: { default: 30 },
}

/** SIDs that stand for themselves. */
export const sids = {
  workspace: `WS${'1'.repeat(32)}`,
  workflow: `WW${'2'.repeat(32)}`,
  available: `WA${'3'.repeat(32)}`,
  wrapUp: `WA${'4'.repeat(32)}`,
  offline: `WA${'5'.repeat(32)}`,
  call: `CA${'6'.repeat(32)}`,
  task: `WT${'7'.repeat(32)}`,
  worker: `WK${'8'.repeat(32)}`,
  reservation: `WR${'9'.repeat(32)}`,
  queue: `WQ${'a'.repeat(32)}`,
} as const

/** The app settings of that centre; a store and what differs come from the test. */
export function appEnvironment(
  own: Readonly<Record<string, string>> = {},
  settings: CentreSettings = centre,
): Record<string, string> {
  return {
    PUBLIC_BASE_URL: 'https://centre.example',
    TWILIO_ACCOUNT_SID: demoAccount.accountSid,
    TWILIO_AUTH_TOKEN: demoAccount.authToken,
    WORKSPACE_SID: sids.workspace,
    WORKFLOW_SID: sids.workflow,
    AVAILABLE_ACTIVITY_SID: sids.available,
    WRAP_UP_ACTIVITY_SID: sids.wrapUp,
    CALLER_ID: '+12025550100',
    CENTRE_SETTINGS: JSON.stringify(settings),
    // Nothing listens there: a test that needs the store says where one is.
    AzureWebJobsStorage:
      'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm9ib2R5;BlobEndpoint=http://127.0.0.1:9/devstoreaccount1;QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;TableEndpoint=http://127.0.0.1:9/devstoreaccount1',
    ...own,
  }
}
