import type { Context } from '../context.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import type { EventFacts, ResourceType, WorkspaceEvent } from './event-log.ts'
import { type Registry, refuseMissing } from './registry.ts'
import { findTaskChannel } from './task-channels.ts'
import { readWindow } from './window.ts'
import type { Workspace } from './workspace.ts'

// Where an object of that kind is found below its workspace.
const FOLDERS: Readonly<Record<ResourceType, string>> = {
  workspace: '',
  activity: '/Activities',
  worker: '/Workers',
  'task-channel': '/TaskChannels',
  'task-queue': '/TaskQueues',
  workflow: '/Workflows',
  task: '/Tasks',
  reservation: '/Tasks',
}

/** `/Workspaces/{WorkspaceSid}/Events`: the history, by default of the last 15 minutes, newest first. */
export function createEvents({ clock }: Context, registry: Registry) {
  return {
    list(call: Call) {
      const workspace = registry.of(call)
      const { from, to } = readWindow(call.query, clock.now())
      const passes = filterOf(call, workspace)
      const rows = workspace.events.between(from, to).filter(passes).reverse()
      return pageV1(call, 'events', rows, (event) => body(workspace, event))
    },

    fetch(call: Call) {
      const workspace = registry.of(call)
      const event = workspace.events.get(pathPart(call, 'Sid'))
      return event ? ok(body(workspace, event)) : refuseMissing(call)
    },
  }
}

function filterOf({ query }: Call, workspace: Workspace): (event: WorkspaceEvent) => boolean {
  const sid = query.text('Sid')
  const type = query.text('EventType')
  const channel = query.text('TaskChannel')
  const taskChannelSid =
    channel === undefined ? undefined : (findTaskChannel(workspace, channel)?.sid ?? channel)
  const wanted: Partial<EventFacts> = {
    taskSid: query.text('TaskSid'),
    reservationSid: query.text('ReservationSid'),
    workerSid: query.text('WorkerSid'),
    workflowSid: query.text('WorkflowSid'),
    taskQueueSid: query.text('TaskQueueSid'),
    taskChannelSid,
  }
  const facts = Object.entries(wanted).filter(([, value]) => value !== undefined)
  return (event) =>
    (sid === undefined || event.sid === sid) &&
    (type === undefined || event.type === type) &&
    facts.every(([name, value]) => event.facts?.[name as keyof EventFacts] === value)
}

function body(workspace: Workspace, event: WorkspaceEvent) {
  return {
    sid: event.sid,
    account_sid: workspace.accountSid,
    workspace_sid: workspace.sid,
    event_type: event.type,
    event_date: isoDate(event.at),
    event_date_ms: event.at,
    event_data: {
      workspace_sid: workspace.sid,
      workspace_name: workspace.row.friendlyName,
      ...event.data,
    },
    description: event.description,
    actor_sid: workspace.sid,
    actor_type: 'workspace',
    actor_url: workspace.url,
    resource_sid: event.resourceSid,
    resource_type: event.resourceType,
    resource_url: resourceUrl(workspace, event),
    source: 'twilio',
    source_ip_address: null,
    url: `${workspace.url}/Events/${event.sid}`,
  }
}

function resourceUrl({ url }: Workspace, { resourceType, resourceSid, facts }: WorkspaceEvent) {
  if (resourceType === 'workspace') return url
  if (resourceType === 'reservation') {
    return `${url}/Tasks/${facts?.taskSid}/Reservations/${resourceSid}`
  }
  return `${url}${FOLDERS[resourceType]}/${resourceSid}`
}
