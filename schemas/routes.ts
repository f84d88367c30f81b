/** Paths of the functions app, one place for infra (which gives them to Twilio) and functions (which serves them). */
export const routes = {
  health: '/healthz',
  incomingCall: '/incoming-call',
  enqueueCall: '/enqueue-call',
  waitMusic: '/wait-music',
  openingHours: '/opening-hours',
  assignment: '/assignment',
  /** The fallback works without the store (S2.13). */
  assignmentFallback: '/assignment-fallback',
  queueExit: '/queue-exit',
  voicemail: '/voicemail',
  taskEvents: '/task-events',
  callStatus: '/call-status',
  /** Back office and agents' desks, behind a credential. */
  createTask: '/create-task',
  acceptReservation: '/accept-reservation',
  endWrapUp: '/end-wrap-up',
  extendWrapUp: '/extend-wrap-up',
  hunts: '/hunts',
  hunt: '/hunts/{id}',
  cancelHunt: '/hunts/{id}/cancel',
  huntOffer: '/hunts/{id}/offers/{workerSid}',
  /** Webhooks of the legs that hunts ring. */
  huntLeg: '/hunt-leg',
  huntConfirm: '/hunt-confirm',
  huntMessage: '/hunt-message',
  /** The hunt for incidents: ServiceNow, its relay, and Event Streams. */
  execute: '/execute',
  agentList: '/get_agent_list',
  nextAgent: '/get_next_available_agent',
  updateIncident: '/update_incident',
  studioEvents: '/studio-events',
  incidentHunts: '/incidents/hunts',
  incidentHunt: '/incidents/hunts/{id}',
  stopIncidentHunt: '/incidents/hunts/{id}/stop',
  incidentMetrics: '/incidents/metrics',
} as const
