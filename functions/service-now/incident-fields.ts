import { serviceNowIncident } from '../../schemas/index.ts'
import type { ServiceNow } from './service-now.ts'

/** An incident as ServiceNow has it. */
export type IncidentFields = {
  /** Resolved, closed or cancelled: nobody is needed any more. */
  readonly resolved: boolean
  /** `sys_id` of the user who has it; empty for nobody. */
  readonly assignee: string
  /** Work notes and comments, as one text. */
  readonly journal: string
}

// ServiceNow's numbers: 6 resolved, 7 closed, 8 cancelled.
const resolvedStates = ['6', '7', '8']

/** Reads state and assignee; with `journal`, the notes too. */
export async function readIncident(
  sysId: string,
  serviceNow: ServiceNow,
  { journal = false }: { readonly journal?: boolean } = {},
): Promise<IncidentFields> {
  const plain = serviceNowIncident.parse(
    await serviceNow.get(
      `incident/${sysId}?sysparm_fields=state,assigned_to&sysparm_exclude_reference_link=true`,
    ),
  )
  // Journal fields are empty unless display values are asked for; then they hold all entries.
  const notes = journal
    ? serviceNowIncident.parse(
        await serviceNow.get(
          `incident/${sysId}?sysparm_fields=work_notes,comments&sysparm_display_value=true`,
        ),
      )
    : undefined
  return {
    resolved: resolvedStates.includes(textOf(plain.state)),
    assignee: textOf(plain.assigned_to),
    journal: notes ? `${textOf(notes.work_notes)}\n${textOf(notes.comments)}` : '',
  }
}

function textOf(field: string | { readonly value?: string } | null | undefined): string {
  return typeof field === 'string' ? field : (field?.value ?? '')
}
