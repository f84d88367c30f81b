import { createHash, createHmac } from 'node:crypto'

/** A form's fields; a repeated name has several values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>

/**
 * `X-Twilio-Signature` of a request to `url` (without its fragment) with these form fields; none for GET and JSON.
 * A repeated name is signed as Twilio's own validators expect it: values de-duplicated and sorted.
 */
export function sign(authToken: string, url: string, fields: FormFields = {}): string {
  let text = url
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name] ?? ''
    if (typeof value === 'string') text += name + value
    else for (const one of [...new Set(value)].sort()) text += name + one
  }
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64')
}

/** The URL that a JSON body is sent to and signed with: its SHA-256 goes into the query. */
export function withBodyHash(url: string, body: string): string {
  const hash = createHash('sha256').update(body, 'utf8').digest('hex')
  return `${url}${url.includes('?') ? '&' : '?'}bodySHA256=${hash}`
}

/**
 * The address as it is signed: without userinfo and fragment, and over HTTPS without the port, as Voice does it.
 * Whether TaskRouter treats the port the same way is not documented.
 */
export function signedAddress(url: string): string {
  const match = /^(https?:\/\/)(?:[^/?#@]*@)?([^/?#]*)([^#]*)/i.exec(url)
  if (!match) return url
  const [, scheme = '', authority = '', rest = ''] = match
  const host = scheme.toLowerCase() === 'https://' ? authority.replace(/:\d+$/, '') : authority
  return scheme + host + rest
}
