/** Codes of https://www.twilio.com/docs/api/errors that messages are refused with, or fail with. */
export const messageCodes = {
  invalidTo: 21211,
  invalidFrom: 21212,
  sameNumber: 21266,
  noSender: 21603,
  noTo: 21604,
  notOwnSender: 21606,
  invalidStatusCallback: 21609,
  unsubscribed: 21610,
  queueFull: 21611,
  tooLong: 21617,
  nothingToSay: 21619,
  invalidMediaUrl: 21620,
  tooManyMedia: 21623,
  unknownService: 21701,
  emptyService: 21704,
  notOver: 20009,
  notCancelable: 30409,
  scheduleWithoutTime: 35111,
  scheduleOutOfRange: 35114,
  scheduleWithoutService: 35118,
  /** Of deliveries. */
  unreachable: 30003,
  blocked: 30004,
  unknownHandset: 30005,
  landline: 30006,
  filtered: 30007,
  expired: 30036,
} as const

/** What the resource says of a message that failed. */
export const failureTexts: Readonly<Record<number, string>> = {
  [messageCodes.unreachable]: 'Unreachable destination handset',
  [messageCodes.blocked]: 'Message blocked',
  [messageCodes.unknownHandset]: 'Unknown destination handset',
  [messageCodes.landline]: 'Landline or unreachable carrier',
  [messageCodes.filtered]: 'Message filtered',
  [messageCodes.expired]: 'Validity Period Expired',
}
