/** Codes of https://www.twilio.com/docs/api/errors for Sync. */
export const syncCodes = {
  itemNotFound: 54201,
  itemExists: 54208,
  uniqueNameNotFound: 54300,
  uniqueNameExists: 54301,
  uniqueNameInvalid: 54302,
  revisionMismatch: 54103,
} as const
