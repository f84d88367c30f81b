import type { Incident } from './incident.ts'
import { endNote } from './notes.ts'

/** Ends the hunt, once; a call that is under way is ended, too. */
export function finish(
  hunt: Incident,
  state: Exclude<Incident['state'], 'hunting'>,
  why: string,
  now: number,
): void {
  if (hunt.state !== 'hunting') return
  hunt.state = state
  hunt.why = why
  hunt.endedAt = now
  hunt.history.push({ at: now, what: state, text: why })
  endNote(hunt, now)
  const { attempt } = hunt
  if (attempt?.phase === 'checking' || attempt?.phase === 'wanted') hunt.attempt = null
  else if (attempt?.phase === 'live') attempt.phase = 'ending'
}
