import { badRequest, TwilioRefusal } from '../rest/refusal.ts'

/** A postal address, part by part. */
export type PostalAddress = {
  readonly street: string
  readonly streetSecondary: string | null
  readonly city: string
  readonly region: string
  readonly postalCode: string
}

// Of https://www.twilio.com/docs/api/errors
const codes = { notValid: 21628, onlyAlike: 21629 } as const

/**
 * An address for emergency calls as the register of its country has it. There is one for the United States here; addresses elsewhere
 * are taken as they are. The register knows every street, but writes in capitals, two-letter states and ZIP codes. Without `correct` an address
 * that is written otherwise is refused, and the register's told.
 */
export function registered(
  address: PostalAddress,
  country: string,
  correct: boolean,
): PostalAddress {
  if (country !== 'US') return address
  const found = {
    street: capitals(address.street),
    streetSecondary: address.streetSecondary && capitals(address.streetSecondary),
    city: capitals(address.city),
    region: capitals(address.region),
    postalCode: address.postalCode.trim(),
  }
  if (!/^[A-Z]{2}$/.test(found.region) || !/^\d{5}(-\d{4})?$/.test(found.postalCode)) {
    throw badRequest('The address you have provided cannot be validated', codes.notValid)
  }
  const parts = Object.keys(found) as (keyof PostalAddress)[]
  if (correct || parts.every((part) => found[part] === address[part])) return found
  const suggested = parts.map((part) => found[part]).filter((text) => text)
  throw new TwilioRefusal(
    400,
    codes.onlyAlike,
    `The address you have provided cannot be validated; a similar one is valid: ${suggested.join(', ')}`,
  )
}

function capitals(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toUpperCase()
}
