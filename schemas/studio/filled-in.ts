/** What the editor writes although nobody chose it, by type: the same as leaving it out. */
export const filledInProperties: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'say-play': { loop: 1 },
  'gather-input-on-call': {
    loop: 1,
    timeout: 5,
    finish_on_key: '#',
    stop_gather: true,
    gather_language: 'en',
  },
  'send-message': {
    service: '{{trigger.message.InstanceSid}}',
    channel: '{{trigger.message.ChannelSid}}',
    to: '{{contact.channel.address}}',
  },
  'send-and-wait-for-reply': {
    service: '{{trigger.message.InstanceSid}}',
    channel: '{{trigger.message.ChannelSid}}',
    timeout: '3600',
  },
  'make-http-request': { add_twilio_auth: false },
}
