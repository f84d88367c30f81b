/** Codes of https://www.twilio.com/docs/api/errors for Event Streams. */
export const eventCodes = {
  tooManySinks: 91003,
  sinkInUse: 91007,
  sinkNotActive: 91100,
  notCreated: 91101,
} as const
