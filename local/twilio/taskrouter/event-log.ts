import { EVENTS_KEPT, EVENTS_KEPT_MS } from '../objects/retention.ts'
import type { NewSid } from '../objects/sid.ts'

/** What kind of object an event is about. */
export type ResourceType =
  | 'workspace'
  | 'activity'
  | 'worker'
  | 'task-channel'
  | 'task-queue'
  | 'workflow'
  | 'task'
  | 'reservation'

/** An event of a workspace: of the Events resource, of the event callback, and what statistics are counted from. */
export type WorkspaceEvent = {
  readonly sid: string
  readonly at: number
  /** `reservation.created`. */
  readonly type: string
  readonly description: string
  readonly resourceType: ResourceType
  readonly resourceSid: string
  /** `event_data`: snake case; the callback's fields are the same names in Pascal case. */
  readonly data: Readonly<Record<string, string>>
  readonly facts?: EventFacts
}

/** What filters and statistics look at. */
export type EventFacts = {
  readonly taskSid?: string
  readonly reservationSid?: string
  readonly workerSid?: string
  readonly workflowSid?: string
  readonly taskQueueSid?: string | null
  readonly taskChannelSid?: string
  /** When the task was created, and when it entered the queue it is in. */
  readonly taskCreatedAt?: number
  readonly taskQueueEnteredAt?: number | null
  /** Of `task-queue.moved` and `task-queue.timeout`: the queue that was left. */
  readonly previousTaskQueueSid?: string
  /** Of `worker.activity.update`. */
  readonly activitySid?: string
  readonly previousActivitySid?: string
  readonly inPreviousActivityMs?: number
}

/** The history of one workspace, oldest first. */
export interface EventLog {
  add(event: Omit<WorkspaceEvent, 'sid'>): WorkspaceEvent
  get(sid: string): WorkspaceEvent | undefined
  /** Those from `from` up to and including `to`, oldest first. */
  between(from: number, to: number): readonly WorkspaceEvent[]
  newest(count: number): readonly WorkspaceEvent[]
}

/** A log that forgets what is too old, and the oldest of what is too much. */
export function createEventLog(newSid: NewSid, restored: readonly WorkspaceEvent[] = []): EventLog {
  let events = [...restored]

  function forget(now: number): void {
    const tooMany = events.length - EVENTS_KEPT
    // In slices: cutting off one event at a time would move all the others each time.
    if (tooMany > EVENTS_KEPT / 10) events = events.slice(tooMany)
    const old = firstFrom(events, now - EVENTS_KEPT_MS)
    if (old > 1_000) events = events.slice(old)
  }

  return {
    add(event) {
      const added = { ...event, sid: newSid('EV') }
      events.push(added)
      forget(event.at)
      return added
    },
    get: (sid) => events.find((event) => event.sid === sid),
    between: (from, to) => events.slice(firstFrom(events, from), firstFrom(events, to + 1)),
    newest: (count) => events.slice(-count),
  }
}

// Events come in the order of their times: the first that is not before `time` is found by halving.
function firstFrom(events: readonly WorkspaceEvent[], time: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((events[middle]?.at ?? time) < time) low = middle + 1
    else high = middle
  }
  return low
}
