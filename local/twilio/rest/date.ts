/** `2026-01-05T09:00:00Z`: the dates of the v1 and v2 APIs, whole seconds. */
export function isoDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** `Mon, 05 Jan 2026 09:00:00 +0000`: the dates of the API 2010; the SDK parses this form only. */
export function rfc2822Date(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000')
}

/** Both with null for a time that has not come. */
export function isoDateOrNull(ms: number | null): string | null {
  return ms === null ? null : isoDate(ms)
}

/** As `isoDateOrNull`, for the API 2010. */
export function rfc2822DateOrNull(ms: number | null): string | null {
  return ms === null ? null : rfc2822Date(ms)
}
