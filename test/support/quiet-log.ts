import { createLog, type Log } from '../../functions/index.ts'

/** A log that keeps its lines for the test instead of printing them. */
export function createQuietLog(
  secrets: readonly string[] = [],
): Log & { readonly lines: string[] } {
  const lines: string[] = []
  return { ...createLog(secrets, (line) => lines.push(line)), lines }
}
