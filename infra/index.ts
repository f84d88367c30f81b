import * as pulumi from '@pulumi/pulumi'
import { centreSettingsText } from './centre-settings.ts'
import { checkedCentre } from './checked-centre.ts'
import { Centre } from './components/centre.ts'
import { FunctionApp, FunctionAppSettings } from './components/function-app.ts'
import { hostElsewhere } from './components/function-place.ts'
import { HuntGroup, HuntRouting } from './components/hunt-groups.ts'
import { IncidentHunt } from './components/incident-hunt.ts'
import { readSettings } from './config.ts'
import { declareFlows } from './flow-files.ts'
import { menu, menuSettings } from './menu.ts'
import { declareHuntGroups, declareIncidents, declarePhones, declareWorkers } from './roster.ts'

const { stack, account, backOfficeKey, serviceNowPassword } = readSettings()

/** Who is asked, for how long, and who after them. */
const escalation = (language: string) => [
  { name: 'first line', queue: `${language}-first-line`, timeoutSeconds: 8 },
  {
    name: 'everyone',
    queue: `${language}-everyone`,
    timeoutSeconds: 20,
    priority: 5,
    skipIf: 'workers.available == 0',
  },
  { name: 'anyone', queue: 'anyone', timeoutSeconds: 300, priority: 10 },
]

/** The centre. Everything is listed under the name of its resource, and the whole is checked before anything is registered. */
const declaration = checkedCentre(
  {
    attributes: {
      task: ['selected_language'],
      worker: ['languages', 'skills', 'contact_uri'],
    },
    activities: {
      offline: { friendlyName: 'Offline', available: false },
      available: { friendlyName: 'Available', available: true },
      busy: { friendlyName: 'Busy', available: false },
      'wrap-up': { friendlyName: 'Wrap-Up', available: false },
    },
    defaultActivity: 'offline',
    timeoutActivity: 'offline',
    taskChannels: {
      voice: { friendlyName: 'Voice', uniqueName: 'voice' },
    },
    workers: declareWorkers(stack),
    queues: {
      'spanish-first-line': {
        friendlyName: 'Spanish, first line',
        targetWorkers: 'languages HAS "es" AND skills HAS "first_line"',
      },
      'spanish-everyone': {
        friendlyName: 'Spanish, everyone',
        targetWorkers: 'languages HAS "es"',
      },
      'english-first-line': {
        friendlyName: 'English, first line',
        targetWorkers: 'languages HAS "en" AND skills HAS "first_line"',
      },
      'english-everyone': {
        friendlyName: 'English, everyone',
        targetWorkers: 'languages HAS "en"',
      },
      anyone: { friendlyName: 'Anyone', targetWorkers: '1==1' },
    },
    workflows: {
      calls: {
        friendlyName: 'Calls',
        filters: [
          {
            name: 'Spanish',
            expression: 'selected_language == "es"',
            tiers: escalation('spanish'),
          },
          {
            name: 'English',
            expression: 'selected_language == "en"',
            tiers: escalation('english'),
          },
        ],
        defaultQueue: 'anyone',
      },
    },
    flows: declareFlows(stack),
    phoneNumbers: {
      main: {
        friendlyName: 'Main line',
        phoneNumber: stack.phoneNumber,
        ...(stack.ivr === 'studio' ? { flow: 'incoming' } : {}),
      },
    },
  },
  { strict: stack.strict },
)

const functions = new FunctionApp('functions', { place: hostElsewhere(stack.publicBaseUrl) })
const centre = new Centre('centre', {
  friendlyName: stack.friendlyName,
  declaration,
  functions,
  flowSettings: menuSettings,
})
const { calls } = centre.workflows

/** Whom a seat in a conference is offered to, tier by tier: `POST /hunts` names one of these groups, or tiers of its own. */
const hunts = new HuntRouting('hunts', { workspaceSid: centre.workspaceSid })
const huntGroups = declareHuntGroups(stack).map(({ name, ...group }) => {
  const { settings } = new HuntGroup(name, { ...group, roster: centre.workers })
  return settings.apply((declared) => [name, declared] as const)
})

/** Whom to call about an incident until somebody accepts it: `POST /execute`, which ServiceNow sends. */
const called = declareIncidents(stack)
const incidents =
  called && new IncidentHunt('incidents', { incidents: called, workers: centre.workers, functions })

const settings = new FunctionAppSettings('settings', {
  app: functions,
  settings: {
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_BASE_URL: account.baseUrl,
    WORKSPACE_SID: centre.workspaceSid,
    WORKFLOW_SID: calls.sid,
    AVAILABLE_ACTIVITY_SID: centre.activities.available.sid,
    WRAP_UP_ACTIVITY_SID: centre.activities['wrap-up'].sid,
    OFFLINE_ACTIVITY_SID: centre.activities.offline.sid,
    CALLER_ID: declaration.phoneNumbers.main.phoneNumber,
    BACK_OFFICE_KEY: backOfficeKey,
    FLOW_SID: incidents?.flowSid,
    FROM: stack.incidents?.from,
    SN_API_TABLE_ROOT: stack.serviceNowTableRoot,
    SN_USER: stack.serviceNowUser,
    SN_PASSWORD: serviceNowPassword,
    CENTRE_SETTINGS: centreSettingsText({
      settings: { ...menu, hours: stack.hours, ringSeconds: calls.ringSeconds },
      wrapUpSeconds: stack.wrapUpSeconds ?? 30,
      declaration,
      hunts: pulumi.output({
        workflowSid: hunts.workflowSid,
        groups: pulumi.all(huntGroups).apply((groups) => Object.fromEntries(groups)),
      }),
      incidents: incidents?.settings,
      queues: centre.queues,
      workflows: centre.workflows,
    }),
  },
})

export const publicBaseUrl = functions.publicBaseUrl
export const phoneNumber = declaration.phoneNumbers.main.phoneNumber
export const workspaceSid = centre.workspaceSid
export const workflowSid = calls.sid
/** The environment of the functions, a secret. */
export const appSettings = settings.values
/** Workflow → filter → names of its tiers, for pages. */
export const tiers = { [declaration.workflows.calls.friendlyName]: calls.tiers }
/** How the agents’ phones behave unattended, where phones are virtual. */
export const phoneProfiles = declarePhones(stack)
