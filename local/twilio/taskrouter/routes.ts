import type { Context } from '../context.ts'
import type { VoiceForTaskRouter } from '../instructions.ts'
import { del, get, post, type Route } from '../rest/route.ts'
import { createActivities } from './activities.ts'
import { createEvents } from './events.ts'
import type { Registry } from './registry.ts'
import { createReservations } from './reservations.ts'
import {
  createTaskQueueStatistics,
  createWorkerStatistics,
  createWorkflowStatistics,
  createWorkspaceStatistics,
} from './statistics/index.ts'
import { createTaskChannels } from './task-channels.ts'
import { createTaskQueues } from './task-queues.ts'
import { createTasks } from './tasks.ts'
import { createWorkerChannels } from './worker-channels.ts'
import { createWorkers } from './workers.ts'
import { createWorkflows } from './workflows.ts'
import type { WorkspaceListener } from './workspace.ts'
import { createWorkspaces } from './workspaces.ts'

/** Every endpoint of https://taskrouter.twilio.com. */
export function createTaskRouterRoutes(
  context: Context,
  registry: Registry,
  listener: WorkspaceListener,
  voice: VoiceForTaskRouter,
): readonly Route[] {
  const workspaces = createWorkspaces(context, registry, listener)
  const activities = createActivities(context, registry)
  const workers = createWorkers(context, registry)
  const workerChannels = createWorkerChannels(context, registry)
  const taskChannels = createTaskChannels(context, registry)
  const taskQueues = createTaskQueues(context, registry)
  const workflows = createWorkflows(context, registry)
  const tasks = createTasks(context, registry)
  const reservations = createReservations(registry, voice)
  const events = createEvents(context, registry)
  const workspaceStatistics = createWorkspaceStatistics(context, registry)
  const taskQueueStatistics = createTaskQueueStatistics(context, registry)
  const workflowStatistics = createWorkflowStatistics(context, registry)
  const workerStatistics = createWorkerStatistics(context, registry)
  const workspace = '/v1/Workspaces/{WorkspaceSid}'
  return [
    get('/v1/Workspaces', workspaces.list),
    post('/v1/Workspaces', workspaces.create),
    get(workspace, workspaces.fetch),
    post(workspace, workspaces.update),
    del(workspace, workspaces.remove),
    ...resource(`${workspace}/Activities`, activities),
    ...resource(`${workspace}/Workers`, workers),
    ...resource(`${workspace}/TaskChannels`, taskChannels),
    ...resource(`${workspace}/TaskQueues`, taskQueues),
    ...resource(`${workspace}/Workflows`, workflows),
    ...resource(`${workspace}/Tasks`, tasks),
    ...existing(`${workspace}/Workers/{WorkerSid}/Channels`, workerChannels),
    ...existing(`${workspace}/Workers/{WorkerSid}/Reservations`, reservations),
    ...existing(`${workspace}/Tasks/{TaskSid}/Reservations`, reservations),
    get(`${workspace}/Events`, events.list),
    get(`${workspace}/Events/{Sid}`, events.fetch),
    ...statistics(workspace, workspaceStatistics),
    ...statistics(`${workspace}/TaskQueues/{TaskQueueSid}`, taskQueueStatistics),
    ...statistics(`${workspace}/Workflows/{WorkflowSid}`, workflowStatistics),
    ...statistics(`${workspace}/Workers`, workerStatistics),
    get(`${workspace}/Workers/{WorkerSid}/Statistics`, workerStatistics.one),
    get(`${workspace}/TaskQueues/Statistics`, taskQueueStatistics.list),
    post(`${workspace}/TaskQueues/RealTimeStatistics`, taskQueueStatistics.bulk),
  ]
}

type Existing = Readonly<Record<'list' | 'fetch' | 'update', Route['handle']>>
type Whole = Existing & Readonly<Record<'create' | 'remove', Route['handle']>>

/** What the API neither creates nor deletes. */
function existing(path: string, { list, fetch, update }: Existing): readonly Route[] {
  return [get(path, list), get(`${path}/{Sid}`, fetch), post(`${path}/{Sid}`, update)]
}

function resource(path: string, handlers: Whole): readonly Route[] {
  return [
    post(path, handlers.create),
    ...existing(path, handlers),
    del(`${path}/{Sid}`, handlers.remove),
  ]
}

type Statistics = Readonly<Record<'realTime' | 'cumulative' | 'both', Route['handle']>>

function statistics(path: string, { realTime, cumulative, both }: Statistics): readonly Route[] {
  return [
    get(`${path}/RealTimeStatistics`, realTime),
    get(`${path}/CumulativeStatistics`, cumulative),
    get(`${path}/Statistics`, both),
  ]
}
