/** Where Event Streams is at Twilio. */
export const BASE = 'https://events.twilio.com/v1'
