import { demoAccount } from '../../local/demo-account.ts'
import type { LocalTwilio } from './local-twilio.ts'

/** One object of every kind that the local Twilio keeps beside TaskRouter and Voice. */
export async function declareProducts({ client }: LocalTwilio) {
  await client.newKeys.create({ friendlyName: 'Deployment' })
  await client.addresses.create({
    customerName: 'Harbour Clinic',
    street: '1 Quay Road',
    city: 'Boston',
    region: 'MA',
    postalCode: '02110',
    isoCountry: 'US',
  })
  const number = await client.incomingPhoneNumbers.create({ areaCode: '617' })
  const flow = await client.studio.v2.flows.create({
    friendlyName: 'Greeting',
    status: 'draft',
    definition: {
      states: [{ name: 'Trigger', type: 'trigger', transitions: [], properties: {} }],
      initial_state: 'Trigger',
    },
  })
  await client.studio.v2.flows(flow.sid).update({ status: 'published' })
  const sink = await client.events.v1.sinks.create({
    description: 'Archive',
    sinkConfiguration: { destination: 'https://example.com/events', method: 'POST' },
    sinkType: 'webhook',
  })
  const subscription = await client.events.v1.subscriptions.create({
    description: 'Tasks',
    sinkSid: sink.sid,
    types: [{ type: 'com.twilio.taskrouter.task.created' }],
  })
  const messaging = await client.messaging.v1.services.create({ friendlyName: 'Reminders' })
  await client.messaging.v1
    .services(messaging.sid)
    .phoneNumbers.create({ phoneNumberSid: number.sid })
  await client.conversations.v1.addressConfigurations.create({
    type: 'sms',
    address: number.phoneNumber,
  })
  const { syncMaps } = client.sync.v1.services('default')
  await syncMaps.create({ uniqueName: 'queues' })
  await syncMaps('queues').syncMapItems.create({ key: 'a', data: { b: 1 } })
  await client.flexApi.v1
    .configuration()
    .update({ account_sid: demoAccount.accountSid, crm_enabled: true })
  return { flowSid: flow.sid, subscriptionSid: subscription.sid, messagingSid: messaging.sid }
}
