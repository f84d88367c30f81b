import { callResource, routes, taskPage } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal } from '../twilio/rest.ts'
import { createTask } from '../twilio/task-router.ts'
import type { Hunt } from './hunt.ts'
import type { HuntEvent } from './step.ts'

/** Does what is declared for a hunt that nobody took. `again`: it was begun before, and perhaps done. */
export async function fallBack(
  hunt: Hunt,
  again: boolean,
  services: Services,
): Promise<HuntEvent[]> {
  return [{ kind: 'fallback-done', text: await carryOut(hunt, again, services) }]
}

async function carryOut(hunt: Hunt, again: boolean, services: Services): Promise<string> {
  const { fallback } = hunt
  if (!fallback) return 'nothing is declared'
  const { kind } = fallback
  switch (kind) {
    case 'voicemail':
      return redirect(hunt, routes.voicemail, 'the customer is asked for a message', services)
    case 'queue':
      return redirect(hunt, routes.enqueueCall, 'the customer waits in the queue', services)
    case 'callback':
      return callBack(hunt, again, services)
    case 'message':
      return say(hunt, services)
    default:
      throw new Error(`Unknown fallback ${JSON.stringify(kind satisfies never)}`)
  }
}

async function redirect(
  { customerCallSid }: Hunt,
  route: string,
  text: string,
  { settings, twilio }: Services,
): Promise<string> {
  const { TWILIO_ACCOUNT_SID, PUBLIC_BASE_URL } = settings.app
  const path = `api.twilio.com/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Calls/${customerCallSid}.json`
  try {
    await twilio.post(path, { Url: PUBLIC_BASE_URL + route, Method: 'POST' })
    return text
  } catch (error) {
    if (isOver(error)) return 'the customer had left'
    throw error
  }
}

async function callBack(hunt: Hunt, again: boolean, services: Services): Promise<string> {
  const { settings, twilio } = services
  const { WORKSPACE_SID, WORKFLOW_SID, TWILIO_ACCOUNT_SID } = settings.app
  if (again) {
    const query = new URLSearchParams({ EvaluateTaskAttributes: `callback_of == "${hunt.id}"` })
    const path = `taskrouter.twilio.com/v1/Workspaces/${WORKSPACE_SID}/Tasks?${query}`
    const [made] = taskPage.parse((await twilio.get(path)).body).tasks
    if (made) return `callback task ${made.sid}`
  }
  const customer = await twilio.get(
    `api.twilio.com/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Calls/${hunt.customerCallSid}.json`,
  )
  const sid = await createTask(
    {
      workflowSid: hunt.fallback?.workflowSid ?? WORKFLOW_SID,
      attributes: {
        type: 'callback',
        callback_of: hunt.id,
        from: callResource.parse(customer.body).from,
        ...(hunt.reason ? { reason: hunt.reason } : {}),
        ...(hunt.fallback?.text ? { text: hunt.fallback.text } : {}),
      },
    },
    WORKSPACE_SID,
    twilio,
  )
  return `callback task ${sid}`
}

async function say({ id, conferenceSid }: Hunt, { settings, twilio }: Services): Promise<string> {
  const { TWILIO_ACCOUNT_SID, PUBLIC_BASE_URL } = settings.app
  const path = `api.twilio.com/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Conferences/${conferenceSid}.json`
  try {
    await twilio.post(path, { AnnounceUrl: `${PUBLIC_BASE_URL}${routes.huntMessage}?hunt=${id}` })
    return 'the message is said in the conference'
  } catch (error) {
    if (isOver(error)) return 'the conference was over'
    throw error
  }
}

function isOver(error: unknown): boolean {
  return error instanceof TwilioRefusal && [400, 404].includes(error.status)
}
