import type { HttpResponseInit } from '@azure/functions'
import type { Problem } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

/** `GET /healthz`: 200 when calls can be served, 503 when the store does not answer; the state of each dependency. */
export async function health({
  store,
  twilio,
  serviceNow,
  log,
}: Services): Promise<HttpResponseInit> {
  let reachable = true
  try {
    await store.ping()
  } catch (error) {
    reachable = false
    log.warn('store.unreachable', { error })
  }
  return {
    status: reachable ? 200 : 503,
    jsonBody: {
      status: reachable ? 'ok' : 'store unreachable',
      dependencies: {
        store: reachable ? 'reachable' : 'unreachable',
        twilio: twilio.state(),
        ...(serviceNow ? { serviceNow: serviceNow.state() } : {}),
      },
    },
  }
}

/** The answer to everything before the first `up`, or when settings are missing: which, and never their values. */
export function notConfigured(problems: readonly Problem[]): HttpResponseInit {
  const missing = problems.map(({ path, message }) => `${path} ${message}`.trim())
  return { status: 503, jsonBody: { status: 'not configured', missing } }
}
