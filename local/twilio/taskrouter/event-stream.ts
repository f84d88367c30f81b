import type { Publish } from '../events/index.ts'
import type { WorkspaceEvent } from './event-log.ts'
import type { Workspace } from './workspace.ts'

/** Gives an event of the workspace to Event Streams, whose name for one of them differs from the callback's. */
export function publishEvent(
  publish: Publish,
  { accountSid, sid: workspaceSid, row }: Workspace,
  { sid, at, type, description, resourceType, resourceSid, data }: WorkspaceEvent,
): void {
  publish({
    type: `com.twilio.taskrouter.${type.replace('expression.updated', 'expression-updated')}`,
    subject: `/v1/Workspaces/${workspaceSid}/Events/${sid}`,
    at,
    data: () => ({
      sid,
      account_sid: accountSid,
      name: type,
      product_name: 'TaskRouter',
      publisher: 'TaskRouter',
      level: 'INFO',
      timestamp: new Date(at).toISOString(),
      payload: {
        eventtype: type,
        account_sid: accountSid,
        workspace_sid: workspaceSid,
        workspace_name: row.friendlyName,
        event_description: description,
        resource_type: resourceType,
        resource_sid: resourceSid,
        timestamp: String(Math.floor(at / 1000)),
        timestamp_ms: String(at),
        sid,
        ...data,
      },
    }),
  })
}
