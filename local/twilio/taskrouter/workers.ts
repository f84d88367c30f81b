import type { Command } from '../../../routing/index.ts'
import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { checkIfMatch, etag } from '../rest/etag.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { parseAttributes } from './attributes.ts'
import { workerData } from './event-data.ts'
import { createFilterLimit } from './filter-limit.ts'
import { friendlyName } from './friendly-name.ts'
import { part, type Registry } from './registry.ts'
import type { WorkerRow } from './rows.ts'
import { selectWorkers } from './worker-filter.ts'
import { isLive, type Workspace } from './workspace.ts'

const MAX_WORKERS = 15_000

/** `/Workspaces/{WorkspaceSid}/Workers` */
export function createWorkers({ clock, newSid }: Context, registry: Registry) {
  const limited = createFilterLimit(clock, 'TargetWorkersExpression')
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      return limited(call, () => {
        const rows = selectWorkers(workspace, call)
        return pageV1(call, 'workers', rows, (row) => body(workspace, row))
      })
    },

    create(call: Call) {
      const workspace = registry.of(call)
      const { form } = call
      const name = friendlyName(form.required('FriendlyName'))
      refuseTaken(workspace, name)
      if (workspace.workers.size >= MAX_WORKERS) {
        throw badRequest(`A workspace has at most ${MAX_WORKERS} workers`)
      }
      const activitySid = form.text('ActivitySid') || workspace.row.defaultActivitySid
      checkActivity(workspace, activitySid)
      const attributes = form.text('Attributes') || '{}'
      const now = clock.now()
      const row = {
        sid: newSid('WK'),
        friendlyName: name,
        attributes,
        dateCreated: now,
        dateUpdated: now,
        version: 0,
      }
      const parsed = parseAttributes(attributes)
      // The row comes first: the worker may be given a task at once, and that event speaks of the worker.
      workspace.workers.put(row)
      try {
        const { sid } = row
        workspace.drive({
          kind: 'put-worker',
          sid,
          friendlyName: name,
          attributes: parsed,
          activitySid,
        })
      } catch (error) {
        workspace.workers.delete(row.sid)
        throw error
      }
      recordWorker(workspace, row, 'created')
      return withTag(201, workspace, row.sid)
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      return withTag(200, workspace, part(call, workspace.workers).sid)
    },

    update(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.workers)
      checkIfMatch(call, row.version)
      // What can be refused comes first, so that a refusal leaves the worker as it was.
      const move = activityCommand(call, workspace, row)
      changeProfile(call, workspace, row, clock.now())
      if (move) workspace.drive(move)
      return withTag(200, workspace, row.sid)
    },

    remove(call: Call) {
      const workspace = registry.of(call)
      const row = part(call, workspace.workers)
      checkIfMatch(call, row.version)
      refuseBusy(workspace, row)
      const data = workerData(workspace, row)
      workspace.drive({ kind: 'delete-worker', sid: row.sid })
      workspace.workers.delete(row.sid)
      for (const channel of [...workspace.workerChannels.values()]) {
        if (channel.workerSid === row.sid) workspace.workerChannels.delete(channel.sid)
      }
      workspace.record({
        type: 'worker.deleted',
        description: `Worker ${row.friendlyName} deleted`,
        resourceType: 'worker',
        resourceSid: row.sid,
        data,
        facts: { workerSid: row.sid },
      })
      return noContent
    },
  }
}

/** Refuses an activity that the workspace does not have. */
export function checkActivity(workspace: Workspace, sid: string): void {
  if (workspace.activities.get(sid)) return
  throw badRequest(`ActivitySid ${sid} is no activity of workspace ${workspace.sid}`)
}

function changeProfile({ form }: Call, workspace: Workspace, row: WorkerRow, now: number): void {
  if (!form.has('FriendlyName') && !form.has('Attributes')) return
  const name = friendlyName(form.text('FriendlyName') ?? row.friendlyName)
  if (name.toLowerCase() !== row.friendlyName.toLowerCase()) refuseTaken(workspace, name)
  const attributes = form.text('Attributes') ?? row.attributes
  const next = {
    ...row,
    friendlyName: name,
    attributes,
    dateUpdated: now,
    version: row.version + 1,
  }
  const parsed = parseAttributes(attributes)
  const { sid } = row
  const activitySid = workspace.router.worker(sid)?.activitySid ?? ''
  workspace.workers.put(next)
  try {
    workspace.drive({
      kind: 'put-worker',
      sid,
      friendlyName: name,
      attributes: parsed,
      activitySid,
    })
  } catch (error) {
    workspace.workers.put(row)
    throw error
  }
  if (attributes !== row.attributes) recordWorker(workspace, next, 'attributes.update')
}

function activityCommand(
  { form }: Call,
  workspace: Workspace,
  { sid }: WorkerRow,
): Command | undefined {
  const activitySid = form.text('ActivitySid')
  const rejectPendingReservations = form.boolean('RejectPendingReservations') ?? false
  if (activitySid) checkActivity(workspace, activitySid)
  const activity = workspace.activities.get(activitySid ?? '')
  if (rejectPendingReservations && (!activity || activity.available)) {
    throw badRequest('RejectPendingReservations needs an unavailable activity as ActivitySid')
  }
  return (
    activity && {
      kind: 'set-worker-activity',
      sid,
      activitySid: activity.sid,
      rejectPendingReservations,
    }
  )
}

function refuseTaken({ sid, workers }: Workspace, name: string): void {
  if (workers.byName(name.toLowerCase())) {
    throw badRequest(`A worker of the name '${name}' exists already in ${sid}`)
  }
}

function refuseBusy({ router, reservations }: Workspace, { sid, friendlyName }: WorkerRow): void {
  if (router.worker(sid)?.available) {
    throw badRequest(
      `Cannot delete worker ${sid} (${friendlyName}) in an available activity: move the worker to an unavailable one first`,
    )
  }
  for (const reservation of reservations.of(sid)) {
    if (!isLive(reservation.status)) continue
    throw badRequest(
      `Cannot delete worker ${sid} (${friendlyName}): reservation ${reservation.sid} is ${reservation.status}`,
    )
  }
}

function recordWorker(
  workspace: Workspace,
  row: WorkerRow,
  what: 'created' | 'attributes.update',
): void {
  workspace.record({
    type: `worker.${what}`,
    description:
      what === 'created'
        ? `Worker ${row.friendlyName} created`
        : `Attributes of worker ${row.friendlyName} updated`,
    resourceType: 'worker',
    resourceSid: row.sid,
    data: workerData(workspace, row),
    facts: { workerSid: row.sid },
  })
}

function withTag(status: 200 | 201, workspace: Workspace, sid: string) {
  const row = workspace.workers.get(sid)
  if (!row) throw new Error(`Worker ${sid} was lost while it was written`)
  const answer = body(workspace, row)
  return status === 201 ? created(answer, etag(row.version)) : ok(answer, etag(row.version))
}

function body(workspace: Workspace, row: WorkerRow) {
  const state = workspace.router.worker(row.sid)
  const activity = state && workspace.activities.get(state.activitySid)
  const url = `${workspace.url}/Workers/${row.sid}`
  return {
    sid: row.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    friendly_name: row.friendlyName,
    attributes: row.attributes,
    activity_sid: activity?.sid ?? null,
    activity_name: activity?.friendlyName ?? null,
    available: activity?.available ?? false,
    date_created: isoDate(row.dateCreated),
    date_updated: isoDate(row.dateUpdated),
    date_status_changed: isoDate(state?.activityChangedAt ?? row.dateCreated),
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspace.url}/Activities/${activity?.sid}`,
      workspace: workspace.url,
      reservations: `${url}/Reservations`,
      worker_statistics: `${url}/Statistics`,
      statistics: `${workspace.url}/Workers/Statistics`,
      real_time_statistics: `${workspace.url}/Workers/RealTimeStatistics`,
      cumulative_statistics: `${workspace.url}/Workers/CumulativeStatistics`,
    },
  }
}
