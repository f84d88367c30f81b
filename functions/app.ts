import { app, type HttpHandler } from '@azure/functions'
import { type Problem, routes } from '../schemas/index.ts'
import { assignment, assignmentFallback } from './assignment/assignment.ts'
import { acceptReservationByHand } from './back-office/accept-reservation.ts'
import { createTaskByHand } from './back-office/create-task.ts'
import { backOffice } from './back-office/credential.ts'
import { taskEvents } from './events/task-events.ts'
import { health, notConfigured } from './health/health.ts'
import { runJob } from './jobs/run-job.ts'
import type { Services } from './services.ts'
import { callStatus } from './voice/call-status.ts'
import { enqueueCall } from './voice/enqueue-call.ts'
import { incomingCall } from './voice/incoming-call.ts'
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
  const route = path.slice(1)
  app.http(route, { route, methods: ['GET'], authLevel: 'anonymous', handler })
}

function post(path: string, handler: HttpHandler): void {
  const route = path.slice(1)
  app.http(route, { route, methods: ['POST'], authLevel: 'anonymous', handler })
}
