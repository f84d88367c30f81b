import type { Context } from '../context.ts'
import { notFound } from '../rest/refusal.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { containsPattern } from './contains.ts'
import {
  type Country,
  countries,
  formatNumber,
  type NumberRange,
  numbersOf,
} from './number-plan.ts'

const KINDS = { Local: 'local', TollFree: 'toll free', Mobile: 'mobile' } as const

/** `/Accounts/{AccountSid}/AvailablePhoneNumbers`: what could be bought, always the same and in the same order. */
export function createAvailablePhoneNumbers(
  { accountSid }: Context,
  isOwn: (phoneNumber: string) => boolean,
) {
  const folder = `/2010-04-01/Accounts/${accountSid}/AvailablePhoneNumbers`
  const countryOf = (call: Call) => {
    const country = countries.find(({ code }) => code === pathPart(call, 'CountryCode'))
    if (!country) throw notFound(call.url.pathname)
    return country
  }
  return {
    countries: () =>
      ok({
        countries: countries.map((country) => countryBody(country, folder)),
        uri: `${folder}.json`,
      }),
    country: (call: Call) => ok(countryBody(countryOf(call), folder)),
    search(kind: keyof typeof KINDS) {
      return (call: Call) => {
        const country = countryOf(call)
        const numbers = country.ranges.filter(rangeFilter(call, kind)).flatMap((range) =>
          numbersOf(range)
            .filter(
              (number) => !isOwn(number) && containsPattern(number, call.query.text('Contains')),
            )
            .map((number) => numberBody(number, range, country)),
        )
        const size = Math.min(call.query.integer('PageSize', { min: 1 }) ?? 50, 1_000)
        return ok({
          available_phone_numbers: numbers.slice(0, size),
          uri: call.url.pathname + call.url.search,
        })
      }
    },
  }
}

function rangeFilter({ query }: Call, kind: keyof typeof KINDS): (range: NumberRange) => boolean {
  const areaCode = query.text('AreaCode')
  const locality = query.text('InLocality')
  const region = query.text('InRegion')
  return (range) =>
    range.type === KINDS[kind] &&
    (areaCode === undefined || range.areaCode === areaCode) &&
    (locality === undefined || range.locality?.toLowerCase() === locality.toLowerCase()) &&
    (region === undefined || range.region?.toLowerCase() === region.toLowerCase())
}

function numberBody(phoneNumber: string, range: NumberRange, country: Country) {
  return {
    phone_number: phoneNumber,
    friendly_name: formatNumber(phoneNumber),
    lata: null,
    locality: range.locality,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: range.region,
    postal_code: null,
    iso_country: country.code,
    address_requirements: 'none',
    beta: false,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
  }
}

function countryBody({ code, name, ranges }: Country, folder: string) {
  const kinds = { local: 'Local', 'toll free': 'TollFree', mobile: 'Mobile' } as const
  const served = new Set(ranges.map(({ type }) => type))
  return {
    country_code: code,
    country: name,
    beta: false,
    uri: `${folder}/${code}.json`,
    subresource_uris: Object.fromEntries(
      [...served].map((type) => [type.replace(' ', '_'), `${folder}/${code}/${kinds[type]}.json`]),
    ),
  }
}
