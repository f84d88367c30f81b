/** Writes what happened as one line of JSON; never a credential, never a whole phone number. */
export interface Log {
  info(event: string, data?: LogData): void
  warn(event: string, data?: LogData): void
  error(event: string, data?: LogData): void
}

/** Facts about an event: names and ids, never a message body or a form as received. */
export type LogData = Readonly<Record<string, unknown>>

/** A log that masks phone numbers and blots out the given secrets wherever they turn up. */
export function createLog(
  secrets: readonly string[] = [],
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Log {
  const line = (level: string) => (event: string, data?: LogData) => {
    const text = JSON.stringify({ level, event, ...data }, (_key, value) =>
      value instanceof Error ? describeError(value) : value,
    )
    write(mask(text, secrets))
  }
  return { info: line('info'), warn: line('warn'), error: line('error') }
}

function mask(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const secret of secrets) masked = masked.replaceAll(secret, '***')
  // E.164, also percent-encoded as it stands in addresses; the last four digits stay.
  return masked.replace(/(\+|%2B)\d{1,11}(?=\d{4}(?!\d))/gi, (number) => '*'.repeat(number.length))
}

function describeError(error: Error): string {
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${error.name}: ${error.message}${cause}`
}
