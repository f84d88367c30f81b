import { createHash } from 'node:crypto'
import type { Incident } from './incident.ts'
import type { TableRow } from './query.ts'

/** `sys_journal_field`: what was written to the journal fields of all incidents, one row each. */
export function journalRows(incidents: readonly Incident[]): readonly TableRow[] {
  return incidents.flatMap(({ sys_id: incidentId, journal }) =>
    journal.map(({ element, value, at, by }, index) => ({
      sys_id: createHash('md5').update(`${incidentId} ${index}`).digest('hex'),
      fields: {
        name: 'incident',
        element,
        element_id: incidentId,
        value,
        sys_created_on: at,
        sys_created_by: by,
      },
    })),
  )
}

/** A row as the Table API answers it; it has no display values of its own. */
export function showRow({ sys_id, fields }: TableRow, asked: readonly string[]) {
  const shown = Object.entries({ sys_id, ...fields })
  return Object.fromEntries(
    asked.length > 0 ? shown.filter(([name]) => asked.includes(name)) : shown,
  )
}
