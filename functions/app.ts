import { app, type HttpHandler } from '@azure/functions'
import { type Problem, routes } from '../schemas/index.ts'
import { assignment, assignmentFallback } from './assignment/assignment.ts'
import { acceptReservationByHand } from './back-office/accept-reservation.ts'
import { createTaskByHand } from './back-office/create-task.ts'
import { backOffice } from './back-office/credential.ts'
import { taskEvents } from './events/task-events.ts'
import { health, notConfigured } from './health/health.ts'
import { answerOffer } from './hunts/answer-offer.ts'
import { cancelHunt } from './hunts/cancel-hunt.ts'
import { huntConfirm } from './hunts/hunt-confirm.ts'
import { huntLeg } from './hunts/hunt-leg.ts'
import { huntMessage } from './hunts/hunt-message.ts'
import { listHunts, showHunt } from './hunts/show-hunt.ts'
import { startHunt } from './hunts/start-hunt.ts'
import { execute } from './incidents/execute.ts'
import { getIncidentMetrics } from './incidents/metrics.ts'
import { getAgentList, getNextAgent } from './incidents/roster.ts'
import { listIncidents, showIncident, stopIncident } from './incidents/show-incident.ts'
import { studioEvents } from './incidents/studio-events.ts'
import { updateIncident } from './incidents/update-incident.ts'
import { runJob } from './jobs/run-job.ts'
import type { Services } from './services.ts'
import { callStatus } from './voice/call-status.ts'
import { enqueueCall } from './voice/enqueue-call.ts'
import { incomingCall } from './voice/incoming-call.ts'
import { openingHours } from './voice/opening-hours.ts'
import { queueExit } from './voice/queue-exit.ts'
import { voiceWebhook } from './voice/voice-webhook.ts'
import { voicemail } from './voice/voicemail.ts'
import { waitMusic } from './voice/wait-music.ts'
import { webhook } from './webhook.ts'
import { endByAgent, extendByAgent } from './wrap-up/agent.ts'

/** Registers every function of the app. */
export function registerApp(services: Services): void {
  get(routes.health, () => health(services))

  post(routes.incomingCall, voiceWebhook(incomingCall, services))
  post(routes.enqueueCall, voiceWebhook(enqueueCall, services))
  get(routes.openingHours, () => openingHours(services))
  get(routes.waitMusic, voiceWebhook(waitMusic, services))
  post(routes.queueExit, voiceWebhook(queueExit, services))
  post(routes.voicemail, voiceWebhook(voicemail, services))

  post(routes.assignment, webhook(assignment, services))
  post(routes.assignmentFallback, webhook(assignmentFallback, services))
  post(routes.taskEvents, webhook(taskEvents, services))
  post(routes.callStatus, webhook(callStatus, services))

  post(routes.createTask, backOffice(createTaskByHand, services))
  post(routes.acceptReservation, backOffice(acceptReservationByHand, services))
  post(routes.endWrapUp, backOffice(endByAgent, services))
  post(routes.extendWrapUp, backOffice(extendByAgent, services))

  post(routes.hunts, backOffice(startHunt, services))
  get(routes.hunts, backOffice(listHunts, services))
  get(routes.hunt, backOffice(showHunt, services))
  post(routes.cancelHunt, backOffice(cancelHunt, services))
  post(routes.huntOffer, backOffice(answerOffer, services))
  post(routes.huntLeg, webhook(huntLeg, services))
  post(routes.huntConfirm, voiceWebhook(huntConfirm, services))
  post(routes.huntMessage, voiceWebhook(huntMessage, services))

  post(routes.execute, backOffice(execute, services))
  get(routes.agentList, backOffice(getAgentList, services))
  get(routes.nextAgent, backOffice(getNextAgent, services))
  post(routes.updateIncident, backOffice(updateIncident, services))
  post(routes.studioEvents, webhook(studioEvents, services))
  get(routes.incidentHunts, backOffice(listIncidents, services))
  get(routes.incidentHunt, backOffice(showIncident, services))
  post(routes.stopIncidentHunt, backOffice(stopIncident, services))
  get(routes.incidentMetrics, backOffice(getIncidentMetrics, services))

  const queueName = `${services.settings.app.STORE_PREFIX ?? ''}jobs`
  const connection = 'AzureWebJobsStorage'
  app.storageQueue('jobs', { queueName, connection, handler: (job) => runJob(job, services) })
}

/** Registers what an app serves that lacks settings: what they are. */
export function registerNotConfigured(problems: readonly Problem[]): void {
  get(routes.health, () => notConfigured(problems))
  app.http('not-configured', { route: '{*path}', handler: () => notConfigured(problems) })
}

// Twilio cannot send keys in headers, and one in the address would be signed: anonymous to Azure, checked by ours.
function get(path: string, handler: HttpHandler): void {
  register('GET', path, handler)
}

function post(path: string, handler: HttpHandler): void {
  register('POST', path, handler)
}

// The name of a function is its path without what varies; the one path with two methods has a name for each.
function register(method: 'GET' | 'POST', path: string, handler: HttpHandler): void {
  const route = path.slice(1)
  const name = route.replaceAll(/[{}]/g, '').replaceAll('/', '-')
  const unique = path === routes.hunts ? `${method.toLowerCase()}-${name}` : name
  app.http(unique, { route, methods: [method], authLevel: 'anonymous', handler })
}
