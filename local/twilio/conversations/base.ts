/** Where Conversations is at Twilio. */
export const BASE = 'https://conversations.twilio.com/v1'
