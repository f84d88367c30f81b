/** How an event type can be used; a discontinued one can no longer be subscribed to. */
export type EventTypeStatus = 'available' | 'deprecated' | 'discontinued'

/** A kind of event that a subscription may name. */
export type EventType = {
  readonly type: string
  readonly schemaId: string
  readonly status: EventTypeStatus
}

/** The shape of a family of events. */
export type EventSchema = { readonly id: string; readonly latestVersion: number }

type Family = {
  readonly schema: string
  readonly version: number
  readonly prefix: string
  readonly names: string
  readonly status?: EventTypeStatus
}

// The products that a contact centre meets; Verify, compliance, video and devices are left out. Versions other than
// those of TaskRouter and Studio are remembered, not confirmed.
const families: readonly Family[] = [
  {
    schema: 'TaskRouter.WDSEvent',
    version: 4,
    prefix: 'com.twilio.taskrouter',
    names: `
      task.created task.updated task.canceled task.completed task.deleted task.system-deleted task.wrapup
      task.transfer-initiated task.transfer-completed task.transfer-failed task.transfer-canceled
      task.transfer-attempt-failed
      reservation.created reservation.accepted reservation.rejected reservation.timeout reservation.canceled
      reservation.rescinded reservation.completed reservation.failed reservation.wrapup
      worker.created worker.deleted worker.activity.update worker.attributes.update worker.capacity.update
      worker.channel.availability.update
      task-queue.created task-queue.deleted task-queue.entered task-queue.moved task-queue.timeout
      task-queue.expression-updated
      workflow.entered workflow.rejected workflow.skipped workflow.target-matched workflow.timeout`,
  },
  {
    schema: 'ApiUsage.TaskRouterRateLimits',
    version: 1,
    prefix: 'com.twilio.apiusage.taskrouter',
    names: 'ratelimits',
  },
  {
    schema: 'Studio.FlowExecutionEvent',
    version: 2,
    prefix: 'com.twilio.studio.flow',
    names: 'execution.started execution.ended',
  },
  {
    schema: 'Studio.FlowStepEvent',
    version: 1,
    prefix: 'com.twilio.studio.flow',
    names: 'step.ended',
  },
  {
    schema: 'Voice.WebhookEvent',
    version: 1,
    prefix: 'com.twilio.voice.status-callback',
    names: `
      call.initiated call.ringing call.answered call.completed amd.detected announcement.processed
      conference.participant.updated conference.updated gather.partial.captured recording.processed stream.updated
      transcription.processed`,
  },
  {
    schema: 'Voice.WebhookEvent',
    version: 1,
    prefix: 'com.twilio.voice.webhook.status-callback',
    names: 'call.initiated call.ringing call.answered call.completed',
    status: 'deprecated',
  },
  {
    schema: 'Voice.TwiMLEvent',
    version: 1,
    prefix: 'com.twilio.voice.twiml',
    names: `
      call.redirected call.transferred dial.finished enqueue.finished gather.finished record.finished request.failed`,
  },
  {
    schema: 'Voice.ApiRequestEvent',
    version: 1,
    prefix: 'com.twilio.voice.api-request',
    names: `
      call.created call.modified conference.modified conference-participant.created conference-participant.modified
      conference-participant.deleted`,
  },
  {
    schema: 'VoiceInsights.CallSummary',
    version: 1,
    prefix: 'com.twilio.voice.insights.call-summary',
    names: 'partial predicted-complete complete',
  },
  {
    schema: 'Messaging.MessageStatus',
    version: 2,
    prefix: 'com.twilio.messaging.message',
    names: 'queued sent delivered undelivered failed read',
  },
  {
    schema: 'Messaging.InboundMessageV1',
    version: 1,
    prefix: 'com.twilio.messaging.inbound-message',
    names: 'received',
  },
  {
    schema: 'Conversations.Event',
    version: 1,
    prefix: 'com.twilio.conversations',
    names: `
      conversation.added conversation.removed conversation.updated conversation-state.updated message.added
      message.removed message.updated participant.added participant.removed participant.updated user.added
      user.updated`,
  },
  {
    schema: 'Conversations.Event',
    version: 1,
    prefix: 'com.twilio.conversations',
    names: 'delivery.updated',
    status: 'discontinued',
  },
  {
    schema: 'ErrorLogs.Error',
    version: 1,
    prefix: 'com.twilio.error-logs',
    names: 'error.logged',
  },
]

/** Every event type, by its name. */
export const eventTypes: ReadonlyMap<string, EventType> = new Map(
  families.flatMap(({ schema, prefix, names, status = 'available' }) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => {
        const type = `${prefix}.${name}`
        return [type, { type, schemaId: schema, status }] as const
      }),
  ),
)

/** What the names of known types begin with: of `com.twilio.taskrouter`, for example, every type is known. */
export const eventFamilies: readonly string[] = [...new Set(families.map(({ prefix }) => prefix))]

/** Every schema, by its id. */
export const eventSchemas: ReadonlyMap<string, EventSchema> = new Map(
  families.map(({ schema, version }) => [schema, { id: schema, latestVersion: version }]),
)
