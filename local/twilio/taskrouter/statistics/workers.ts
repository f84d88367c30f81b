import { isoDate } from '../../rest/date.ts'
import type { Window } from '../window.ts'
import type { Workspace } from '../workspace.ts'
import { reservationCounts } from './cumulative.ts'
import { durationsOf } from './durations.ts'
import { activityStatistics } from './real-time.ts'

/** Which workers are counted, and for reservations of which channel. */
export type WorkerScope = {
  readonly workerSids: ReadonlySet<string>
  readonly taskChannelSid?: string
}

/** The workers as they are now. */
export function realTimeWorkers(workspace: Workspace, { workerSids }: WorkerScope) {
  return {
    total_workers: workerSids.size,
    activity_statistics: activityStatistics(workspace, workerSids),
  }
}

/** What the workers' reservations came to within a window, and how long they were in each activity. */
export function cumulativeWorkers(workspace: Workspace, scope: WorkerScope, window: Window) {
  const counts = new Map<string, number>()
  for (const { type, facts } of workspace.events.between(window.from, window.to)) {
    if (!type.startsWith('reservation.') || !scope.workerSids.has(facts?.workerSid ?? '')) continue
    if (scope.taskChannelSid && facts?.taskChannelSid !== scope.taskChannelSid) continue
    counts.set(type, (counts.get(type) ?? 0) + 1)
  }
  return {
    start_time: isoDate(window.from),
    end_time: isoDate(window.to),
    ...reservationCounts(counts),
    activity_durations: activityDurations(workspace, scope, window),
  }
}

function activityDurations(
  workspace: Workspace,
  { workerSids }: WorkerScope,
  { from, to }: Window,
) {
  const stays = new Map<string, number[]>()
  const add = (activitySid: string, since: number, until: number) => {
    const ms = Math.min(until, to) - Math.max(since, from)
    if (ms <= 0) return
    const known = stays.get(activitySid)
    if (known) known.push(ms)
    else stays.set(activitySid, [ms])
  }
  // A stay that ended after the window began reaches into it; each ends with an event, but for the present one.
  for (const { type, at, facts } of workspace.events.between(from, Infinity)) {
    if (type !== 'worker.activity.update' || !workerSids.has(facts?.workerSid ?? '')) continue
    add(facts?.previousActivitySid ?? '', at - (facts?.inPreviousActivityMs ?? 0), at)
  }
  for (const sid of workerSids) {
    const worker = workspace.router.worker(sid)
    if (worker) add(worker.activitySid, worker.activityChangedAt, Infinity)
  }
  return [...workspace.activities.values()].map(({ sid, friendlyName }) => ({
    sid,
    friendly_name: friendlyName,
    ...durationsOf(stays.get(sid) ?? []),
  }))
}
