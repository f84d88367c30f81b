import { ENDED_KEPT } from '../objects/retention.ts'

/** Objects by SID, oldest first: those that live, and the latest of those that are over. */
export interface Retained<T extends { readonly sid: string }> {
  add(item: T): void
  /** Says that it came to its end at that time; once. */
  end(item: T, at: number): void
  get(sid: string): T | undefined
  delete(sid: string): void
  values(): IterableIterator<T>
  live(): IterableIterator<T>
  /** Those that came to their end at that time or later, the latest first. */
  endedSince(at: number): T[]
}

/** Nothing yet. `forgotten` hears of what is dropped because too much is over, and of what is deleted. */
export function createRetained<T extends { readonly sid: string }>(
  forgotten: (item: T) => void = () => {},
  kept = ENDED_KEPT,
): Retained<T> {
  const items = new Map<string, T>()
  const live = new Map<string, T>()
  let over: { readonly item: T; readonly at: number }[] = []

  const forget = (sid: string) => {
    const item = items.get(sid)
    if (!item) return
    items.delete(sid)
    live.delete(sid)
    forgotten(item)
  }
  return {
    add(item) {
      items.set(item.sid, item)
      live.set(item.sid, item)
    },
    end(item, at) {
      live.delete(item.sid)
      over.push({ item, at })
      // In slices: cutting off one at a time would move all the others each time.
      const tooMany = over.length - kept
      if (tooMany <= kept / 10) return
      for (const old of over.slice(0, tooMany)) forget(old.item.sid)
      over = over.slice(tooMany)
    },
    get: (sid) => items.get(sid),
    delete(sid) {
      forget(sid)
      over = over.filter(({ item }) => item.sid !== sid)
    },
    values: () => items.values(),
    live: () => live.values(),
    endedSince(at) {
      const first = over.findLastIndex((one) => one.at < at) + 1
      return over
        .slice(first)
        .map(({ item }) => item)
        .reverse()
    },
  }
}
