// `https://user:password@host`, also within a longer text. What stands after the host is no credential.
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/?#"'<>\\]+)@/gi

/** Whether a text holds an address with credentials in it. A template in their place only says where they come from. */
export function holdsCredentials(text: string): boolean {
  if (!text.includes('://')) return false
  return [...text.matchAll(credentials)].some(([, , user]) => isWritten(user))
}

/** The text with `[secret]` in the place of such credentials. */
export function withoutCredentials(text: string): string {
  if (!text.includes('://')) return text
  return text.replaceAll(credentials, (address, scheme: string, user: string) =>
    isWritten(user) ? `${scheme}[secret]@` : address,
  )
}

function isWritten(user: string | undefined): boolean {
  return user !== undefined && !user.includes('{{') && user !== '[secret]'
}
