import type { Context } from '../context.ts'
import type { WorkspaceEvent } from './event-log.ts'
import type { Workspace } from './workspace.ts'

/** Sends an event to the workspace's `EventCallbackUrl`, if there is one and its filter lets the event pass. */
export function callBackEvent(
  { webhooks, alerts, accountSid }: Context,
  { row }: Workspace,
  event: WorkspaceEvent,
): void {
  if (!row.eventCallbackUrl || !passes(row.eventsFilter, event.type)) return
  const { taskSid, workerSid } = event.facts ?? {}
  const about = { taskSid, workerSid }
  webhooks.notify(
    {
      purpose: `event callback ${event.type}`,
      url: row.eventCallbackUrl,
      fields: {
        EventType: event.type,
        AccountSid: accountSid,
        WorkspaceSid: row.sid,
        WorkspaceName: row.friendlyName,
        EventDescription: event.description,
        ResourceType: event.resourceType,
        ResourceSid: event.resourceSid,
        Timestamp: String(Math.floor(event.at / 1000)),
        TimestampMs: String(event.at),
        Sid: event.sid,
        ...pascalCase(event.data),
      },
      about,
      isPatient: true,
    },
    // Not by task: fifty reservations of one need not wait for each other.
    event.resourceSid,
    (result) => {
      if (result.kind === 'failed') {
        alerts.add(
          result.code,
          `event callback to ${row.eventCallbackUrl}: ${result.reason}`,
          about,
        )
      } else if (result.status >= 400) {
        alerts.add(
          11200,
          `event callback to ${row.eventCallbackUrl} answered ${result.status}`,
          about,
        )
      }
    },
  )
}

function passes(filter: string | null, type: string): boolean {
  if (!filter) return true
  return filter.split(',').some((wanted) => wanted.trim() === type)
}

// The few dozen names of `event_data`, each written out once.
const names = new Map<string, string>()

// `worker_activity_name` → `WorkerActivityName`
function pascalCase(data: Readonly<Record<string, string>>): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(data)) {
    let known = names.get(name)
    if (known === undefined) {
      known = name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
      names.set(name, known)
    }
    fields[known] = value
  }
  return fields
}
