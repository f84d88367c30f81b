import { badRequest } from './refusal.ts'

/** The parameters of a call, read as Twilio reads them. A parameter that was not sent reads as undefined. */
export interface Parameters {
  has(name: string): boolean
  /** The text as sent, the empty text included; of a repeated name the first. */
  text(name: string): string | undefined
  /** Refuses with 400 when absent or empty. */
  required(name: string): string
  /** All values of a repeated name; empty when not sent. */
  list(name: string): readonly string[]
  /** `true`, `1` and `yes` are true, anything else is false. */
  boolean(name: string): boolean | undefined
  /** A whole number within the bounds; refuses anything else. */
  integer(
    name: string,
    bounds?: { readonly min?: number; readonly max?: number },
  ): number | undefined
  /** One of the values; refuses anything else. */
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined
  /** As `oneOf`, but refuses with 400 when absent or empty. */
  requiredOneOf<T extends string>(name: string, values: readonly T[]): T
  /** An ISO 8601 or RFC 2822 date (`2026-01-05` is its midnight in UTC) as ms since the epoch. */
  date(name: string): number | undefined
  /** Every name with its values, in order of their coming. */
  entries(): Iterable<readonly [name: string, value: string]>
}

/** Reads form or query parameters. */
export function createParameters(search: URLSearchParams): Parameters {
  const text = (name: string) => search.get(name) ?? undefined
  const required = (name: string) => {
    const value = text(name)
    if (!value) throw badRequest(`Missing required parameter ${name} in the post body`)
    return value
  }
  const among = <T extends string>(name: string, value: string, values: readonly T[]): T => {
    const found = values.find((candidate) => candidate === value)
    if (found !== undefined) return found
    throw badRequest(`${name} must be one of ${values.join(', ')}, not '${value}'`)
  }
  return {
    has: (name) => search.has(name),
    text,
    required,
    list: (name) => search.getAll(name),
    boolean(name) {
      const value = text(name)
      return value === undefined ? undefined : /^(true|1|yes)$/i.test(value)
    },
    integer(name, { min = -Infinity, max = Infinity } = {}) {
      const value = text(name)
      if (value === undefined || value === '') return undefined
      const number = Number(value)
      if (!/^-?\d+$/.test(value) || number < min || number > max) {
        throw badRequest(`${name} must be a whole number${boundsText(min, max)}, not '${value}'`)
      }
      return number
    },
    oneOf(name, values) {
      const value = text(name)
      return value === undefined || value === '' ? undefined : among(name, value, values)
    },
    requiredOneOf: (name, values) => among(name, required(name), values),
    date(name) {
      const value = text(name)
      if (value === undefined || value === '') return undefined
      const ms = Date.parse(value)
      if (Number.isNaN(ms)) throw badRequest(`${name} '${value}' is not a date`)
      return ms
    },
    entries: () => search.entries(),
  }
}

function boundsText(min: number, max: number): string {
  if (min !== -Infinity && max !== Infinity) return ` from ${min} to ${max}`
  if (min !== -Infinity) return ` from ${min}`
  return max !== Infinity ? ` up to ${max}` : ''
}
