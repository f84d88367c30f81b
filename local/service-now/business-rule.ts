import type { Clock } from '../clock.ts'
import type { Incident } from './incident.ts'

/** Whom the business rule tells of a new incident of priority 1. */
export type BusinessRule = {
  /** Address of `/execute`. */
  readonly url: string
  readonly user: string
  readonly password: string
}

// ServiceNow runs such a rule after the insert, in a job of its own. How often its outbound request is repeated is a
// setting there; these are ours.
const tries = 3
const pauseMs = 10_000
const answerMs = 15_000
// A page of HTML from something in between would bury the incident’s other notes.
const longestAnswer = 500

/**
 * Starts the hunt of an incident; `done` gets what came of it, one sentence for the incident's work notes. A pause is not
 * tracked: a test clock moves through it.
 */
export function startHunt(
  rule: BusinessRule,
  incident: Incident,
  clock: Clock,
  done: (note: string) => void,
): void {
  const attempt = async (left: number): Promise<void> => {
    const { status, text } = await post(rule, incident)
    if (status > 0 && status < 500 && status !== 429) {
      done(`Hunt for an agent: ${status} ${text.slice(0, longestAnswer)}`.trim())
    } else if (left === 1) {
      done(`Hunt for an agent not started: ${status || ''} ${text}`.replace(':  ', ': ').trim())
    } else {
      clock.schedule(clock.now() + pauseMs, () => clock.track(attempt(left - 1)))
    }
  }
  void clock.track(attempt(tries))
}

type Said = { readonly status: number; readonly text: string }

// Encoded, so that an `&` in a description stays in the description.
function post({ url, user, password }: BusinessRule, { sys_id, fields }: Incident): Promise<Said> {
  const form = new URLSearchParams({
    short_description: fields['short_description'] ?? '',
    ticket_no: fields['number'] ?? '',
    sys_id,
  })
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal: AbortSignal.timeout(answerMs),
  }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    (error: unknown) => ({ status: 0, text: reasonOf(error) }),
  )
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
