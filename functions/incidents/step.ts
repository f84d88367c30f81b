import { cameBack, endRest, goneAway } from '../store/outage.ts'
import { findMs } from './effect.ts'
import { finish } from './ending.ts'
import { type Attempt, attemptKey, type Incident, type Outcome } from './incident.ts'
import { goOn, skip, timeOver } from './lists.ts'
import { attemptNote } from './notes.ts'

/** What a hunt for an incident may hear of. `number` says which attempt is meant; news of an earlier one change nothing. */
export type IncidentEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'tick' }
  | { readonly kind: 'worker'; readonly number: number; readonly whyNot: string | null }
  /** Its creation surely did not arrive. */
  | { readonly kind: 'not-sent'; readonly number: number }
  /** There is an execution for the attempt. */
  | { readonly kind: 'execution'; readonly number: number; readonly sid: string }
  /** None is found; `refused`: and yet Twilio says that there is one. */
  | { readonly kind: 'no-execution'; readonly number: number; readonly refused?: boolean }
  /** Somebody says that the execution has ended. */
  | { readonly kind: 'told-ended'; readonly key: string; readonly sid: string }
  /** It was looked at, and is still going on. */
  | { readonly kind: 'still-active'; readonly number: number }
  | { readonly kind: 'outcome'; readonly number: number; readonly outcome: Outcome }
  /** The incident as ServiceNow has it. */
  | {
      readonly kind: 'incident-seen'
      readonly resolved: boolean
      readonly assignee: string
    }
  | { readonly kind: 'stop'; readonly reason: string }
  | { readonly kind: 'handed-over'; readonly keys: readonly string[] }
  | { readonly kind: 'watched' | 'recorded' | 'closed' | 'twilio-back' }
  | { readonly kind: 'twilio-away'; readonly reason: string }
  /** Twilio refuses what cannot be done without. */
  | { readonly kind: 'refused'; readonly reason: string }

/** How often ServiceNow is asked whether the incident still needs somebody. */
export const watchMs = 20_000
// Ringing, the greeting and the menu take that long at most, unless something went wrong.
const usualAttemptMs = 105_000
/** An execution that lasts longer is ended. */
export const longestAttemptMs = 240_000
// Lists of executions may be behind. One whose creation was not answered is looked for after 2, 6 and 14 s: if it is started again
// too early, and the first has ended meanwhile, the same phone rings twice.
const mostLooks = 3
// Twilio says that there is one: it is only a matter of time until it is listed.
const findAgainMs = 2_000
const mostFindings = 8

/** What becomes of a hunt by one event. Pure: repeats and any order do no harm, so whoever hears of something writes it to the row as it is. */
export function step(before: Incident, event: IncidentEvent, now: number): Incident {
  const hunt = structuredClone(before)
  apply(hunt, event, now)
  return hunt
}

function apply(hunt: Incident, event: IncidentEvent, now: number): void {
  switch (event.kind) {
    case 'start':
      hunt.history.push({ at: now, what: 'started', text: hunt.shortDescription })
      goOn(hunt, 'agent', now)
      return
    case 'tick':
      tick(hunt, now)
      return
    case 'worker':
      ofAttempt(hunt, event.number, ['checking'], (attempt) => {
        if (event.whyNot === null) attempt.phase = 'wanted'
        else {
          skip(hunt, attempt.person, event.whyNot, now)
          goOn(hunt, listOf(hunt, attempt), now)
        }
      })
      return
    case 'not-sent':
      ofAttempt(hunt, event.number, ['begun'], (attempt) => wantAgain(hunt, attempt, now))
      return
    case 'execution':
      // Of two for one attempt, the later one rings: it could not be started before the earlier one had ended.
      ofAttempt(hunt, event.number, ['begun', 'live'], (attempt) => {
        if (attempt.executionSid !== event.sid) live(hunt, attempt, event.sid, now)
      })
      return
    case 'no-execution':
      ofAttempt(hunt, event.number, ['begun'], (attempt) =>
        notThere(hunt, attempt, event.refused === true, now),
      )
      return
    case 'told-ended':
      toldEnded(hunt, event.key, event.sid, now)
      return
    case 'still-active':
      ofAttempt(hunt, event.number, ['live'], (attempt) => {
        attempt.lookAt = now + Math.min(2_000 * 2 ** attempt.looks, 30_000)
        attempt.looks++
        if (now - attempt.begunAt >= longestAttemptMs) attempt.phase = 'ending'
      })
      return
    case 'outcome':
      ofAttempt(hunt, event.number, ['begun', 'live', 'ending'], (attempt) =>
        conclude(hunt, attempt, event.outcome, now),
      )
      return
    case 'incident-seen':
      seen(hunt, event.resolved, event.assignee, now)
      return
    case 'stop':
      finish(hunt, 'stopped', event.reason, now)
      return
    case 'handed-over':
      hunt.notes = hunt.notes.filter(({ key }) => !event.keys.includes(key))
      return
    case 'watched':
      hunt.watchAt = now + watchMs
      return
    case 'recorded':
      hunt.recorded = true
      return
    case 'closed':
      hunt.closed = true
      return
    case 'twilio-away':
      if (goneAway(hunt, now)) {
        hunt.history.push({ at: now, what: 'away from Twilio', text: event.reason })
      }
      return
    case 'twilio-back':
      cameBack(hunt)
      return
    case 'refused':
      finish(hunt, 'failed', event.reason, now)
      return
    default:
      throw new Error(`Unknown event ${JSON.stringify(event satisfies never)}`)
  }
}

function tick(hunt: Incident, now: number): void {
  endRest(hunt, now)
  // Twilio was away until the time was over: whoever was not called yet is not called any more.
  const waits = hunt.attempt?.phase === 'checking' || hunt.attempt?.phase === 'wanted'
  if (waits && now >= hunt.endsAt) finish(hunt, 'exhausted', timeOver, now)
}

function ofAttempt(
  hunt: Incident,
  number: number,
  phases: readonly Attempt['phase'][],
  change: (attempt: Attempt) => void,
): void {
  const { attempt } = hunt
  if (attempt?.number === number && phases.includes(attempt.phase)) change(attempt)
}

function live(hunt: Incident, attempt: Attempt, sid: string, now: number): void {
  attempt.executionSid = sid
  attempt.phase = hunt.state === 'hunting' ? 'live' : 'ending'
  attempt.lookAt = now + usualAttemptMs
  attempt.looks = 0
  hunt.history.push({ at: now, what: 'called', person: attempt.person })
}

function notThere(hunt: Incident, attempt: Attempt, refused: boolean, now: number): void {
  attempt.looks++
  if (refused) {
    if (attempt.looks > mostFindings) conclude(hunt, attempt, 'failed', now)
    else attempt.lookAt = now + findAgainMs
  } else if (attempt.looks < mostLooks) attempt.lookAt = now + findMs * 2 ** attempt.looks
  else wantAgain(hunt, attempt, now)
}

// There is no execution. Whoever starts one has looked right before: what ended in the meantime would be started again.
function wantAgain(hunt: Incident, attempt: Attempt, now: number): void {
  if (hunt.state !== 'hunting') {
    hunt.attempt = null
    return
  }
  attempt.phase = 'wanted'
  tick(hunt, now)
}

function toldEnded(hunt: Incident, key: string, sid: string, now: number): void {
  const { attempt } = hunt
  if (!attempt || key !== attemptKey(hunt, attempt.number)) return
  if (attempt.phase === 'begun') live(hunt, attempt, sid, now)
  if (attempt.phase !== 'live') return
  attempt.lookAt = now
  attempt.looks = 0
}

function conclude(hunt: Incident, attempt: Attempt, outcome: Outcome, now: number): void {
  const { number, person, executionSid, begunAt } = attempt
  const said = hunt.state !== 'hunting' && outcome !== 'accepted' ? 'stopped' : outcome
  hunt.attempts.push({ number, person, outcome: said, executionSid, begunAt, endedAt: now })
  hunt.history.push({ at: now, what: said, person })
  hunt.attempt = null
  attemptNote(hunt, number, now)
  if (hunt.state !== 'hunting') return
  switch (outcome) {
    case 'accepted':
      hunt.acceptedBy = person
      finish(hunt, 'accepted', 'The agent accepted the call', now)
      return
    case 'next':
    case 'occupied':
      goOn(hunt, 'agent', now)
      return
    case 'escalate':
      goOn(hunt, 'escalation', now)
      return
    default:
      undecided(hunt, outcome, now)
  }
}

function undecided(hunt: Incident, outcome: Outcome, now: number): void {
  const consequence = hunt.rules.consequences[outcome] ?? 'next'
  if (consequence === 'stop')
    finish(hunt, 'exhausted', 'No available agents to accept the ticket', now)
  else goOn(hunt, consequence === 'escalate' ? 'escalation' : 'agent', now)
}

function seen(hunt: Incident, resolved: boolean, assignee: string, now: number): void {
  if (resolved) finish(hunt, 'stopped', 'the incident is resolved', now)
  hunt.firstAssignee ??= assignee
  if (assignee !== '' && assignee !== hunt.firstAssignee) {
    finish(hunt, 'stopped', 'the incident was assigned by hand', now)
  }
}

function listOf(hunt: Incident, { person }: Attempt) {
  return hunt.people[person]?.list ?? 'agent'
}
