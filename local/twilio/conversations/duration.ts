const PATTERN =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const SECONDS = [31_536_000, 2_592_000, 86_400, 3_600, 60, 1]

/** How long an ISO 8601 duration (`PT1M`, `P1DT2H`) lasts; undefined for another text. */
export function durationSeconds(text: string): number | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  return SECONDS.reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * unit, 0)
}
