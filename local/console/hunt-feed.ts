import { CommandRefused } from './worker-commands.ts'

/** A hunt of any kind, as far as its place in a list goes. */
type Listed = { readonly id: string; readonly createdAt: string }

/** What the feed reads, and where it publishes. */
export type HuntFeedOptions<View extends Listed> = {
  readonly hunts: { list(which: 'open' | 'closed'): Promise<readonly View[]> }
  /** Somebody watches; otherwise nothing is read. */
  readonly watched: () => boolean
  /** Called with the newest, the newest first, when one has changed; and how many live ones there are besides. */
  readonly publish: (hunts: readonly View[], unsent: number) => void
}

/** Tells pages of hunts: live ones, and the last that are over. */
export interface HuntFeed {
  /** Something happened that may change a hunt: reads them soon. */
  touch(): void
  /** Somebody new watches: reads them soon, and tells of them whether they have changed or not. */
  tellAgain(): void
  stop(): void
}

// The functions hear of what happens at the same time as we do: their answer is a moment away.
const SOON_MS = 120
const OPEN_LOOK_MS = 800
const IDLE_LOOK_MS = 3_000
// A hunt can begin and end between two looks at those that are open.
const CLOSED_LOOK_MS = 6_000
// While hundreds are open, reading them must not be all that the functions do: that much longer than it took is waited.
const REST_SHARE = 3
// No stack, or one from before there were hunts.
const noHunts: ReadonlySet<number> = new Set([404, 503])
/** More are not sent to pages, of which only the number is told; what is over goes first. */
const MOST = 60

/** Creates the feed. It reads while somebody watches, more often while a hunt is open. */
export function createHuntFeed<View extends Listed>({
  hunts,
  watched,
  publish,
}: HuntFeedOptions<View>): HuntFeed {
  let open: readonly View[] = []
  let closed: readonly View[] = []
  let closedReadAt = Number.NEGATIVE_INFINITY
  let published = ''
  let timer: NodeJS.Timeout | undefined
  let dueAt = Number.POSITIVE_INFINITY
  let restUntil = 0
  let reading = false
  let again = false
  let stopped = false

  async function read(): Promise<void> {
    const now = await hunts.list('open')
    const ids = new Set(now.map(({ id }) => id))
    if (open.some(({ id }) => !ids.has(id)) || Date.now() - closedReadAt > CLOSED_LOOK_MS) {
      closed = await hunts.list('closed')
      closedReadAt = Date.now()
    }
    open = now
  }

  async function look(): Promise<void> {
    const began = Date.now()
    dueAt = Number.POSITIVE_INFINITY
    reading = true
    again = false
    try {
      await read()
    } catch (error) {
      // Functions that do not answer are on their way up or down, and say so elsewhere.
      if (error instanceof CommandRefused && noHunts.has(error.status)) open = closed = []
    }
    reading = false
    if (stopped) return
    const current = merge(open, closed)
    const unsent = Math.max(0, open.length - MOST)
    // A hunt that closes looks the same, but its figures are complete from then on.
    const text = JSON.stringify([current, unsent, open.map(({ id }) => id)])
    if (text !== published) {
      published = text
      publish(current, unsent)
    }
    const now = Date.now()
    restUntil = now + REST_SHARE * (now - began)
    lookIn(again ? SOON_MS : open.length > 0 ? OPEN_LOOK_MS : IDLE_LOOK_MS)
  }

  function lookIn(ms: number): void {
    const at = Math.max(Date.now() + ms, restUntil)
    if (at >= dueAt || !watched()) return
    clearTimeout(timer)
    dueAt = at
    timer = setTimeout(look, at - Date.now()).unref()
  }

  function touch(): void {
    if (stopped) return
    if (reading) again = true
    else lookIn(SOON_MS)
  }

  return {
    touch,
    tellAgain() {
      published = ''
      touch()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** The newest first; a hunt that closed between the two readings is in both. */
function merge<View extends Listed>(
  open: readonly View[],
  closed: readonly View[],
): readonly View[] {
  const newestFirst = (one: View, other: View) =>
    other.createdAt.localeCompare(one.createdAt) || one.id.localeCompare(other.id)
  const ids = new Set(open.map(({ id }) => id))
  const over = closed.filter(({ id }) => !ids.has(id))
  return [...open.toSorted(newestFirst), ...over].slice(0, MOST).toSorted(newestFirst)
}
