import * as twilio from '@pulumi/twilio'

// Callers are put through to the desk. Studio exports definitions of this form; a number's voiceUrl is the flow's webhookUrl.
export const { webhookUrl } = new twilio.studio.Flow('flow-reception', {
  friendlyName: 'Reception',
  status: 'published',
  commitMessage: 'put callers through to the desk',
  definition: {
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        properties: {},
        transitions: [{ event: 'incomingCall', next: 'desk' }],
      },
      {
        name: 'desk',
        type: 'connect-call-to',
        properties: {
          noun: 'number',
          to: '+12025550142',
          caller_id: '{{contact.channel.address}}',
        },
        transitions: [],
      },
    ],
  },
})
