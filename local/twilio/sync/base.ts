/** Where Sync is at Twilio. */
export const BASE = 'https://sync.twilio.com/v1/Services'
