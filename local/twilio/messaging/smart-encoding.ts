import { isGsm7 } from './segments.ts'

// Look-alikes in GSM-7 of what word processors and keyboards put in; the usual ones of Twilio's list.
const alike: Readonly<Record<string, string>> = {
  '"': '«»“”„‟″‶〝〞',
  "'": '‘’‚‛′‵ʹʻʼˈ`´',
  '-': '‐‑‒–—―−﹘﹣－',
  '...': '…',
  '<': '‹',
  '>': '›',
  '/': '⁄∕',
  '*': '∗',
  ' ': '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
  '': '\u200b\u200c\u200d\u2060\ufeff',
}
const replacements = new Map(
  Object.entries(alike).flatMap(([plain, fancy]) => [...fancy].map((one) => [one, plain] as const)),
)

/** The text with look-alikes that fit into GSM-7; unchanged where other characters keep it from fitting all the same. */
export function smartEncode(text: string): string {
  const plain = Array.from(text, (one) => replacements.get(one) ?? one).join('')
  return isGsm7(plain) ? plain : text
}
