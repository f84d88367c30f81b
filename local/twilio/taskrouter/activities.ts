import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { friendlyName } from './friendly-name.ts'
import { part, type Registry } from './registry.ts'
import type { ActivityRow } from './rows.ts'
import type { Workspace } from './workspace.ts'

const MAX_ACTIVITIES = 100

/** `/Workspaces/{WorkspaceSid}/Activities` */
export function createActivities({ clock, newSid }: Context, registry: Registry) {
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      const name = call.query.text('FriendlyName')
      const available = call.query.boolean('Available')
      const rows = [...workspace.activities.values()].filter(
        (row) =>
          (name === undefined || row.friendlyName === name) &&
          (available === undefined || row.available === available),
      )
      return pageV1(call, 'activities', rows, (row) => body(workspace, row))
    },

    create(call: Call) {
      const workspace = registry.of(call)
      const name = friendlyName(call.form.required('FriendlyName'))
      refuseTaken(workspace, name)
      if (workspace.activities.size >= MAX_ACTIVITIES) {
        throw badRequest(`A workspace has at most ${MAX_ACTIVITIES} activities`)
      }
      const available = call.form.boolean('Available') ?? false
      return created(
        body(workspace, addActivity(workspace, newSid('WA'), name, available, clock.now())),
      )
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      return ok(body(workspace, part(call, workspace.activities)))
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.activities)
      const name = friendlyName(call.form.text('FriendlyName') ?? row.friendlyName)
      if (name !== row.friendlyName) refuseTaken(workspace, name)
      const next = { ...row, friendlyName: name, dateUpdated: clock.now() }
      workspace.drive({
        kind: 'put-activity',
        sid: row.sid,
        friendlyName: name,
        available: row.available,
      })
      workspace.activities.put(next)
      recordActivity(workspace, next, 'updated')
      return ok(body(workspace, next))
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.activities)
      refuseUsed(workspace, row)
      workspace.drive({ kind: 'delete-activity', sid: row.sid })
      workspace.activities.delete(row.sid)
      recordActivity(workspace, row, 'deleted')
      return noContent
    },
  }
}

/** Adds an activity to the workspace, its router and its history. */
export function addActivity(
  workspace: Workspace,
  sid: string,
  name: string,
  available: boolean,
  now: number,
): ActivityRow {
  workspace.drive({ kind: 'put-activity', sid, friendlyName: name, available })
  const row = { sid, friendlyName: name, available, dateCreated: now, dateUpdated: now }
  workspace.activities.put(row)
  recordActivity(workspace, row, 'created')
  return row
}

function refuseTaken(workspace: Workspace, name: string): void {
  if (workspace.activities.byName(name)) {
    throw badRequest(`An activity of the name '${name}' exists already in ${workspace.sid}`)
  }
}

function refuseUsed(
  { row: workspace, workers, router }: Workspace,
  { sid, friendlyName }: ActivityRow,
) {
  const roles = [
    ...(workspace.defaultActivitySid === sid ? ['default'] : []),
    ...(workspace.timeoutActivitySid === sid ? ['timeout'] : []),
  ]
  if (roles.length > 0) {
    throw badRequest(
      `Cannot delete activity ${sid} (${friendlyName}): it is the ${roles.join(' and ')} activity of workspace ${workspace.sid}`,
    )
  }
  for (const worker of workers.values()) {
    if (router.worker(worker.sid)?.activitySid !== sid) continue
    throw badRequest(
      `Cannot delete activity ${sid} (${friendlyName}): worker ${worker.sid} (${worker.friendlyName}) is in it`,
    )
  }
}

function recordActivity(
  workspace: Workspace,
  { sid, friendlyName, available }: ActivityRow,
  what: 'created' | 'updated' | 'deleted',
): void {
  workspace.record({
    type: `activity.${what}`,
    description: `Activity ${friendlyName} ${what}`,
    resourceType: 'activity',
    resourceSid: sid,
    data: {
      activity_sid: sid,
      activity_name: friendlyName,
      activity_available: String(available),
    },
  })
}

function body(workspace: Workspace, row: ActivityRow) {
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    friendly_name: row.friendlyName,
    available: row.available,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    url: `${workspace.url}/Activities/${row.sid}`,
    links: { workspace: workspace.url },
  }
}
