import { badRequest } from '../rest/refusal.ts'

/** A country whose numbers the local Twilio sells. All of them lie in ranges that are reserved for fiction. */
export type Country = {
  readonly code: string
  readonly name: string
  readonly ranges: readonly NumberRange[]
}

/** Kinds of numbers, as the API names them. */
export type NumberType = 'local' | 'toll free' | 'mobile'

/** A hundred numbers with the same first digits. */
export type NumberRange = {
  readonly type: NumberType
  /** The number up to its last two digits. */
  readonly prefix: string
  readonly areaCode: string | null
  readonly locality: string | null
  readonly region: string | null
}

const northAmerican = (areaCode: string, locality: string, region: string): NumberRange => ({
  type: 'local',
  prefix: `+1${areaCode}55501`,
  areaCode,
  locality,
  region,
})

const tollFree = (areaCode: string): NumberRange => ({
  type: 'toll free',
  prefix: `+1${areaCode}55501`,
  areaCode,
  locality: null,
  region: null,
})

/** Every country with its ranges, in the order in which numbers are offered. */
export const countries: readonly Country[] = [
  {
    code: 'US',
    name: 'United States',
    ranges: [
      northAmerican('202', 'Washington', 'DC'),
      northAmerican('212', 'New York', 'NY'),
      northAmerican('312', 'Chicago', 'IL'),
      northAmerican('415', 'San Francisco', 'CA'),
      northAmerican('512', 'Austin', 'TX'),
      northAmerican('617', 'Boston', 'MA'),
      northAmerican('808', 'Honolulu', 'HI'),
      tollFree('800'),
      tollFree('888'),
    ],
  },
  {
    code: 'CA',
    name: 'Canada',
    ranges: [
      northAmerican('416', 'Toronto', 'ON'),
      northAmerican('514', 'Montreal', 'QC'),
      northAmerican('604', 'Vancouver', 'BC'),
      tollFree('800'),
    ],
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    ranges: [
      { type: 'local', prefix: '+4420794600', areaCode: '20', locality: 'London', region: null },
      {
        type: 'local',
        prefix: '+4416137601',
        areaCode: '161',
        locality: 'Manchester',
        region: null,
      },
      { type: 'mobile', prefix: '+4477009000', areaCode: null, locality: null, region: null },
    ],
  },
]

/** The numbers of a range. */
export function numbersOf({ prefix }: NumberRange): string[] {
  return Array.from({ length: 100 }, (_, i) => prefix + String(i).padStart(2, '0'))
}

/** `(202) 555-0123` for North America, else the number itself. */
export function formatNumber(phoneNumber: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phoneNumber)
  return match ? `(${match[1]}) ${match[2]}-${match[3]}` : phoneNumber
}

/** The country of a number, as its ISO code. */
export function countryOf(phoneNumber: string): string {
  const country = countries.find(({ ranges }) =>
    ranges.some(({ prefix, type }) => type !== 'toll free' && phoneNumber.startsWith(prefix)),
  )
  return country?.code ?? (phoneNumber.startsWith('+44') ? 'GB' : 'US')
}

/** What kind of number it is. */
export function typeOf(phoneNumber: string): NumberType {
  if (/^\+18(00|88|77|66|55|44|33)/.test(phoneNumber)) return 'toll free'
  return /^\+447/.test(phoneNumber) ? 'mobile' : 'local'
}

/**
 * The number that a purchase means: that one, or the first free one of the area code. The numbers of Twilio's test
 * credentials refuse as they do there.
 */
export function chooseNumber(
  phoneNumber: string | undefined,
  areaCode: string | undefined,
  isOwn: (phoneNumber: string) => boolean,
): string {
  if (phoneNumber) {
    if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber) || phoneNumber === '+15005550001') {
      throw badRequest(`PhoneNumber ${phoneNumber} is not a valid E.164 number`, 21421)
    }
    if (isOwn(phoneNumber) || phoneNumber === '+15005550000') {
      throw badRequest(`PhoneNumber ${phoneNumber} is not available`, 21422)
    }
    return phoneNumber
  }
  if (!areaCode) throw badRequest('PhoneNumber or AreaCode is required')
  if (!/^[2-9]\d{2}$/.test(areaCode)) {
    throw badRequest(`AreaCode ${areaCode} is not a valid area code`, 21451)
  }
  const range = northAmerican(areaCode, '', '')
  const free = areaCode === '533' ? undefined : numbersOf(range).find((number) => !isOwn(number))
  if (!free) throw badRequest(`No phone numbers are available in area code ${areaCode}`, 21452)
  return free
}
