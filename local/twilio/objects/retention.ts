// What a local Twilio keeps of things that are over. Twilio itself keeps most of them for months; here they are in memory, and a
// centre that runs for days, or a load of thousands of calls, must not grow for ever. What lives is always kept.
// Executions of flows have a bound of their own, by their size: studio/execution/execution-store.ts.

/** Completed and canceled tasks, and their reservations: five minutes, as at Twilio, which tells nobody of it. */
export const TASKS_KEPT_MS = 5 * 60_000

/** Events of a workspace: thirty days, as at Twilio … */
export const EVENTS_KEPT_MS = 30 * 86_400_000
/** … and the newest so many: some 40 MB. Statistics and the Events resource reach no further back. */
export const EVENTS_KEPT = 20_000
/** The newest of them that outlive a restart: a snapshot is written often. */
export const EVENTS_SAVED = 2_000

/** Of calls, conferences and recordings each: the latest that are over. */
export const ENDED_KEPT = 2_000

/** Messages, and texts on phones: the newest. */
export const MESSAGES_KEPT = 5_000
export const PHONE_TEXTS_KEPT = 2_000

/** Alerts of the debugger: the newest. */
export const ALERTS_KEPT = 1_000
