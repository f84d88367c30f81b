const pattern =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const unitSeconds = [31_536_000, 2_592_000, 86_400, 3_600, 60, 1]

/** Seconds of an ISO 8601 duration, `PT1M` or `P1DT2H`; undefined for another text. */
export function durationSeconds(text: string): number | undefined {
  const match = pattern.exec(text)
  if (!match) return undefined
  return unitSeconds.reduce((sum, unit, i) => sum + Number(match[i + 1] ?? 0) * unit, 0)
}

/** Two spellings of one duration are equal, `PT60S` and `PT1M`. */
export function canonicalDuration(value: unknown): unknown {
  return typeof value === 'string' ? (durationSeconds(value) ?? value) : value
}
