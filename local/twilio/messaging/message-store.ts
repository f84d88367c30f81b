import { MESSAGES_KEPT } from '../objects/retention.ts'
import { isOver, type MessageRow } from './message.ts'

/** The account's messages: those on their way, and the latest of those that are over. */
export interface MessageStore {
  get(sid: string): MessageRow | undefined
  /** Adds it, or replaces the one of its SID. */
  put(row: MessageRow): MessageRow
  delete(sid: string): void
  /** Oldest first. */
  values(): IterableIterator<MessageRow>
  /** Those on their way, and the newest of the others: what a snapshot keeps. */
  newest(): readonly MessageRow[]
}

// A snapshot is written whenever something has changed.
const NEWEST = 500

/** Those of a snapshot, or none. */
export function createMessageStore(
  initial: readonly MessageRow[] = [],
  kept = MESSAGES_KEPT,
): MessageStore {
  const rows = new Map(initial.map((row) => [row.sid, row]))
  // In order of their end.
  const over = new Set(initial.filter(isOver).map(({ sid }) => sid))
  const forget = (sid: string) => {
    rows.delete(sid)
    over.delete(sid)
  }
  return {
    get: (sid) => rows.get(sid),
    put(row) {
      rows.set(row.sid, row)
      if (isOver(row)) over.add(row.sid)
      for (const oldest of over) {
        if (over.size <= kept) break
        forget(oldest)
      }
      return row
    },
    delete: forget,
    values: () => rows.values(),
    newest() {
      const all = [...rows.values()]
      return all.filter((row, index) => index >= all.length - NEWEST || !isOver(row))
    },
  }
}
