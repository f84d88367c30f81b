export { holdsCredentials, withoutCredentials } from './address-credentials.ts'
export { type AppSettings, appSettings } from './app-settings.ts'
export { type ArchivedEvent, archivedEvent } from './archived-event.ts'
export { type AssignmentRequest, assignmentRequest } from './assignment-request.ts'
export {
  type AcceptReservationRequest,
  acceptReservationRequest,
  type CreateTaskRequest,
  createTaskRequest,
  type WrapUpRequest,
  wrapUpRequest,
} from './back-office-request.ts'
export { type CallEvent, callEvent } from './call-event.ts'
export { type CentreDeclaration, centreDeclaration } from './centre-declaration.ts'
export { type CentreSettings, centreSettings } from './centre-settings.ts'
export {
  type EventSchema,
  type EventType,
  type EventTypeStatus,
  eventFamilies,
  eventSchemas,
  eventTypes,
} from './event-types.ts'
export { huntFallback } from './hunt-fallback.ts'
export { type HuntGroup, huntGroup } from './hunt-group.ts'
export {
  answerOfferRequest,
  cancelHuntRequest,
  type StartHuntRequest,
  startHuntRequest,
} from './hunt-request.ts'
export {
  agentStates,
  type HuntListQuery,
  type HuntView,
  huntList,
  huntListQuery,
  huntView,
  type OfferResult,
  offerResult,
} from './hunt-view.ts'
export {
  type IncidentMetrics,
  type IncidentRecord,
  incidentMetrics,
  incidentRecord,
} from './incident-metrics.ts'
export {
  continueIncidentRequest,
  incidentMetricsQuery,
  nextAgentQuery,
  type StartIncidentRequest,
  startIncidentRequest,
  type UpdateIncidentRequest,
  updateIncidentRequest,
} from './incident-request.ts'
export {
  type IncidentRoster,
  incidentRoster,
  type RosterEntry,
  rosterEntry,
} from './incident-roster.ts'
export { incidentRules, incidentSettings } from './incident-settings.ts'
export { type IncidentView, incidentList, incidentView } from './incident-view.ts'
export { type Job, job } from './job.ts'
export { type PhoneProfiles, phoneProfiles } from './phone-profile.ts'
export { routes } from './routes.ts'
export { defineSchema, InvalidInput, type Problem, type Schema, type TypeOf } from './schema.ts'
export { type ServiceNowIncident, serviceNowIncident } from './service-now-incident.ts'
export {
  type StackConfiguration,
  stackConfiguration,
  type TwilioConfiguration,
  twilioConfiguration,
} from './stack-configuration.ts'
export { filledInProperties } from './studio/filled-in.ts'
export {
  conditionTypes,
  type FlowCondition,
  type FlowDefinition,
  type FlowState,
  type FlowTransition,
  flowSchema,
  mostDefinitionBytes,
  mostWidgets,
} from './studio/flow-definition.ts'
export { flowDocument, widgetIndexOf } from './studio/flow-document.ts'
export { type ReferenceKind, referenceKinds } from './studio/flow-reference.ts'
export { parseFlow } from './studio/parse-flow.ts'
export type {
  Pairs,
  Property,
  PropertyType,
  WidgetDescription,
} from './studio/widgets/property.ts'
export {
  type Widget,
  type WidgetDescriptions,
  widgets,
  widgetTypes,
} from './studio/widgets.ts'
export {
  cloudEvent,
  executionContext,
  executionEnded,
  executionPage,
  executionResource,
} from './studio-execution.ts'
export { type TaskEvent, taskEvent } from './task-event.ts'
export { type TierNames, tierNames } from './tier-names.ts'
export { isTimeZone } from './time-zone.ts'
export {
  agentResource,
  busyTaskPage,
  callPage,
  callResource,
  conferencePage,
  conferenceResource,
  participantResource,
  reservationPage,
  reservationResource,
  taskPage,
  taskReservations,
  taskResource,
  taskState,
  type WorkerResource,
  workerPage,
  workerResource,
  workerState,
} from './twilio-resource.ts'
export { type Static, type TObject, type TProperties, type TSchema, Type } from './type.ts'
export { type VoiceRequest, voiceRequest } from './voice-request.ts'
export {
  type WorkflowConfiguration,
  type WorkflowFilter,
  type WorkflowTarget,
  workflowConfiguration,
} from './workflow-configuration.ts'
