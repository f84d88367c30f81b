/** The cookies of one call: kept for each host and sent back to it. */
export interface CookieJar {
  /** The `Cookie` header for that host, or undefined. */
  header(host: string): string | undefined
  /** Takes what the host's `Set-Cookie` lines say. */
  store(host: string, lines: readonly string[]): void
}

/** An empty jar. Paths and domains are not looked at: a call talks to a handful of handlers of one application. */
export function createCookieJar(): CookieJar {
  const hosts = new Map<string, Map<string, string>>()
  return {
    header(host) {
      const cookies = hosts.get(host)
      if (!cookies || cookies.size === 0) return undefined
      return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    },
    store(host, lines) {
      for (const line of lines) {
        const match = /^\s*([^=;\s]+)=([^;]*)(.*)$/.exec(line)
        if (!match) continue
        const [, name = '', value = '', attributes = ''] = match
        const cookies = hosts.get(host) ?? new Map<string, string>()
        hosts.set(host, cookies)
        if (/;\s*max-age=(0|-\d+)\s*(;|$)/i.test(attributes)) cookies.delete(name)
        else cookies.set(name, value.trim())
      }
    },
  }
}
