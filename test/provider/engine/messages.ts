import { demoAccount } from '../../../local/demo-account.ts'
import type { Declaration } from './declaration.ts'
import type { Properties } from './wire.ts'

type Sids = Readonly<Record<string, string>>

/** What a centre has for keys, addresses, messages, conversations and shared state; it refers to the worker and the main number. */
export const messages: readonly Declaration[] = [
  declare('desk-key', 'account:ApiKey', () => ({ friendlyName: 'Agent desk' })),
  declare('office', 'account:Address', () => ({
    customerName: 'Harbour Clinic',
    street: '1 Quay Road',
    city: 'Boston',
    region: 'MA',
    postalCode: '02110',
    isoCountry: 'US',
  })),
  declare('alice-chats', 'taskrouter:WorkerChannel', ({ workspace, alice }) => ({
    workspaceSid: workspace,
    workerSid: alice,
    taskChannel: 'chat',
    capacity: 3,
  })),
  declare('reminders', 'messaging:Service', () => ({
    friendlyName: 'Reminders',
    statusCallback: 'https://example.com/sent',
    validityPeriod: 3_600,
  })),
  declare('sender', 'messaging:ServicePhoneNumber', ({ reminders, main }) => ({
    serviceSid: reminders,
    phoneNumberSid: main,
  })),
  declare('outreach', 'conversations:Service', () => ({ friendlyName: 'Outreach' })),
  declare('outreach-configuration', 'conversations:ServiceConfiguration', ({ outreach }) => ({
    chatServiceSid: outreach,
    reachabilityEnabled: true,
  })),
  declare('outreach-webhooks', 'conversations:ServiceWebhooks', ({ outreach }) => ({
    chatServiceSid: outreach,
    preWebhookUrl: 'https://example.com/may',
    filters: ['onMessageAdd'],
  })),
  declare('conversations', 'conversations:Configuration', ({ outreach }) => ({
    defaultChatServiceSid: outreach,
    defaultInactiveTimer: 'PT30M',
  })),
  declare('conversation-webhooks', 'conversations:Webhooks', () => ({
    postWebhookUrl: 'https://example.com/did',
    filters: ['onMessageAdded', 'onConversationAdded'],
  })),
  declare('texts', 'conversations:AddressConfiguration', ({ outreach }) => ({
    type: 'sms',
    address: '+12025550100',
    autoCreation: {
      enabled: true,
      type: 'webhook',
      conversationServiceSid: outreach,
      webhookUrl: 'https://example.com/texts',
      webhookFilters: ['onMessageAdded', 'onConversationStateUpdated'],
    },
  })),
  declare('wall', 'sync:Service', () => ({ friendlyName: 'Wall', aclEnabled: true })),
  declare('queues', 'sync:Map', ({ wall }) => ({ serviceSid: wall, uniqueName: 'queues' })),
]

/** Where a Twilio without these has nothing: path → rows, without what an account comes with. */
export const messageLists: readonly (readonly [path: string, rows: string])[] = [
  [`2010-04-01/Accounts/${demoAccount.accountSid}/Keys.json`, 'keys'],
  [`2010-04-01/Accounts/${demoAccount.accountSid}/Addresses.json`, 'addresses'],
  ['messaging.twilio.com/v1/Services', 'services'],
  ['conversations.twilio.com/v1/Services', 'services'],
  ['conversations.twilio.com/v1/Configuration/Addresses', 'address_configurations'],
  ['sync.twilio.com/v1/Services', 'services'],
]

function declare(name: string, type: string, program: (sids: Sids) => Properties): Declaration {
  return { name, type: `twilio:${type}`, program }
}
