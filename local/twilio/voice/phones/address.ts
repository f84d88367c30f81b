/** An address that can be dialled: a number in E.164 form, `client:name`, `sip:user@host`, each with its query. */
export function isAddress(text: string): boolean {
  return isPhoneNumber(text) || /^client:[^\s?]+(\?.*)?$/.test(text) || /^sips?:\S+@\S+$/.test(text)
}

/** `+` and 2 to 15 digits. */
export function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{1,14}$/.test(text)
}
