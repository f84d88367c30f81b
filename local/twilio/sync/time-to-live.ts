import type { Parameters } from '../rest/parameters.ts'

const ONE_YEAR = 31_536_000

/**
 * When something expires by its time to live in seconds, the first of these parameters that was sent: null for never
 * (0 says so), undefined when none was sent.
 */
export function expiry(
  form: Parameters,
  now: number,
  ...names: readonly string[]
): number | null | undefined {
  const name = names.find((candidate) => form.text(candidate))
  if (name === undefined) return undefined
  const seconds = form.integer(name, { min: 0, max: ONE_YEAR })
  return seconds ? now + seconds * 1_000 : null
}
