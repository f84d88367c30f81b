import * as twilio from '@pulumi/twilio'

// The length of every queue, by its name; the functions fill it in.
const service = new twilio.sync.Service('sync-map-live', { friendlyName: 'Live figures' })

export const { sid } = new twilio.sync.Map('sync-map-queues', {
  serviceSid: service.sid,
  uniqueName: 'queues',
})
