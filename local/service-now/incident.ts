/** An incident as ServiceNow stores it: every value a text, times UTC as `2026-01-05 09:00:00`. */
export type Incident = {
  readonly sys_id: string
  readonly fields: Readonly<Record<string, string>>
  /** What was written to its journal fields, the oldest first. */
  readonly journal: readonly JournalEntry[]
}

/** One entry of a journal field: it is added, never changed. */
export type JournalEntry = {
  readonly element: JournalField
  readonly value: string
  readonly at: string
  readonly by: string
}

export const journalFields = ['comments', 'work_notes'] as const
export type JournalField = (typeof journalFields)[number]

/** What a write is about. */
export type Write = {
  readonly fields: Readonly<Record<string, unknown>>
  readonly by: string
  readonly at: string
}

// The fields of the table that people and the hunt look at; others are ignored, as ServiceNow ignores what it does not know.
const writable = [
  'short_description',
  'description',
  'caller_id',
  'category',
  'impact',
  'urgency',
  'state',
  'assigned_to',
  'assignment_group',
  'close_code',
  'close_notes',
]

// A client that writes in a loop must not fill the memory of this machine.
const mostEntries = 1_000
const longestText = 4_000
const longest: Readonly<Record<string, number>> = { short_description: 160 }

/** The priority that impact and urgency make, by ServiceNow's own table of look-ups. */
export function priorityOf(impact: string, urgency: string): string {
  const sum = Number(impact) + Number(urgency)
  return sum >= 2 && sum <= 6 ? String(sum - 1) : '5'
}

/** A new incident; 3 – low where impact or urgency is not given. */
export function newIncident(sysId: string, number: string, write: Write): Incident {
  const empty = Object.fromEntries(writable.map((name) => [name, '']))
  const fields = {
    ...empty,
    number,
    state: '1',
    impact: '3',
    urgency: '3',
    active: 'true',
    resolved_at: '',
    sys_created_on: write.at,
    sys_created_by: write.by,
  }
  return changed({ sys_id: sysId, fields, journal: [] }, write)
}

/** The incident after a write: known fields are set, journal fields added to, priority and times follow. */
export function changed({ sys_id, fields, journal }: Incident, { fields: set, by, at }: Write) {
  const next: Record<string, string> = { ...fields }
  for (const name of writable) {
    const value = set[name]
    if (value === undefined || value === null) continue
    // ServiceNow cuts what is too long for its column, and says nothing.
    next[name] = String(value).slice(0, longest[name] ?? longestText)
  }
  next['priority'] = priorityOf(next['impact'] ?? '', next['urgency'] ?? '')
  const resolved = next['state'] === '6'
  if (resolved && !fields['resolved_at']) next['resolved_at'] = at
  if (!resolved && next['state'] !== '7') next['resolved_at'] = ''
  next['active'] = next['state'] === '7' || next['state'] === '8' ? 'false' : 'true'
  next['sys_updated_on'] = at
  next['sys_updated_by'] = by
  const added = journalFields.flatMap((element) => {
    const value = set[element]
    return typeof value === 'string' && value !== '' ? [{ element, value, at, by }] : []
  })
  return { sys_id, fields: next, journal: [...journal, ...added].slice(-mostEntries) }
}
