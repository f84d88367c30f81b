import type { Incident, JournalField } from './incident.ts'
import { journalFields } from './incident.ts'

/** How values are asked for: `sysparm_display_value`, `sysparm_exclude_reference_link`, `sysparm_fields`. */
export type DisplayOptions = {
  readonly display: 'false' | 'true' | 'all'
  readonly withoutLinks: boolean
  /** Every field when empty. */
  readonly fields: readonly string[]
  /** For the links of references. */
  readonly origin: string
}

const references = ['assigned_to', 'caller_id', 'assignment_group']
const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  state: {
    1: 'New',
    2: 'In Progress',
    3: 'On Hold',
    6: 'Resolved',
    7: 'Closed',
    8: 'Canceled',
  },
  priority: {
    1: '1 - Critical',
    2: '2 - High',
    3: '3 - Moderate',
    4: '4 - Low',
    5: '5 - Planning',
  },
  impact: { 1: '1 - High', 2: '2 - Medium', 3: '3 - Low' },
  urgency: { 1: '1 - High', 2: '2 - Medium', 3: '3 - Low' },
}
const journalLabels: Readonly<Record<JournalField, string>> = {
  comments: 'Additional comments',
  work_notes: 'Work notes',
}

/** The incident as the Table API answers it. A journal field is empty unless display values are asked for. */
export function display(incident: Incident, options: DisplayOptions): Record<string, unknown> {
  const names = ['sys_id', ...Object.keys(incident.fields), ...journalFields]
  const asked =
    options.fields.length > 0 ? names.filter((one) => options.fields.includes(one)) : names
  return Object.fromEntries(asked.map((name) => [name, shownValue(incident, name, options)]))
}

function shownValue(incident: Incident, name: string, options: DisplayOptions): unknown {
  const value = name === 'sys_id' ? incident.sys_id : (incident.fields[name] ?? '')
  const shown = isJournal(name) ? journalText(incident, name) : displayValue(name, value)
  const link =
    references.includes(name) && value !== '' && !options.withoutLinks
      ? `${options.origin}/api/now/table/sys_user/${value}`
      : undefined
  switch (options.display) {
    case 'true':
      return link ? { display_value: shown, link } : shown
    case 'all':
      return { display_value: shown, value, ...(link ? { link } : {}) }
    case 'false':
      return link ? { link, value } : value
    default:
      throw new Error(`Unknown way to display ${options.display satisfies never}`)
  }
}

/** What ServiceNow's pages say for a value of a field: `In Progress` for state 2. */
export function displayValue(field: string, value: string): string {
  return labels[field]?.[value] ?? value
}

/** The entries of a journal field as one text, the newest first, as ServiceNow shows them. */
export function journalText({ journal }: Incident, field: JournalField): string {
  return journal
    .filter(({ element }) => element === field)
    .map(({ at, by, value }) => `${at} - ${by} (${journalLabels[field]})\n${value}\n\n`)
    .reverse()
    .join('')
}

function isJournal(name: string): name is JournalField {
  return (journalFields as readonly string[]).includes(name)
}
