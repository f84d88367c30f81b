import type { Twilio } from '../twilio/contract.ts'

/** Twilio refused a command of the page. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  readonly code = 'command-refused'
  readonly status: number

  constructor(command: string, status: number, message: string) {
    super(`${command}: ${message}`)
    this.status = status
  }
}

/** What an agent does to the own worker and task. It goes through Twilio's REST API, as an agent's real desk would. */
export interface WorkerCommands {
  setActivity(workerSid: string, activitySid: string): Promise<void>
  /** Completes the task and makes the worker available; the clock that ends wrap-ups then finds nothing to do. */
  endWrapUp(workerSid: string, taskSid: string): Promise<void>
}

type Credentials = { readonly accountSid: string; readonly authToken: string }

/** Worker commands over the local Twilio's `fetch`. */
export function createWorkerCommands(twilio: Twilio, account: Credentials): WorkerCommands {
  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`
  const workspaceOf = new Map<string, string>()

  async function send(command: string, path: string, form?: Readonly<Record<string, string>>) {
    const answer = await twilio.fetch(
      new Request(`http://local/taskrouter.twilio.com/v1/${path}`, {
        method: form ? 'POST' : 'GET',
        headers: { authorization },
        ...(form && { body: new URLSearchParams(form) }),
      }),
    )
    const body: unknown = await answer.json().catch(() => null)
    if (answer.ok) return body
    const message =
      isRecord(body) && typeof body['message'] === 'string'
        ? body['message']
        : `Twilio answered ${answer.status}`
    throw new CommandRefused(command, answer.status, message)
  }

  async function findWorkspace(command: string, workerSid: string): Promise<string> {
    const known = workspaceOf.get(workerSid)
    if (known) return known
    const page = await send(command, 'Workspaces?PageSize=1000')
    for (const workspaceSid of sidsOf(page, 'workspaces')) {
      const found = await send(command, `Workspaces/${workspaceSid}/Workers/${workerSid}`).then(
        () => true,
        (error) => {
          if (error instanceof CommandRefused && error.status === 404) return false
          throw error
        },
      )
      if (!found) continue
      workspaceOf.set(workerSid, workspaceSid)
      return workspaceSid
    }
    throw new CommandRefused(command, 404, `no workspace has the worker ${workerSid}`)
  }

  async function setActivity(workerSid: string, activitySid: string): Promise<void> {
    const workspaceSid = await findWorkspace('change the activity', workerSid)
    await send('change the activity', `Workspaces/${workspaceSid}/Workers/${workerSid}`, {
      ActivitySid: activitySid,
      // A worker who walks away with an offer pending rejects it; otherwise Twilio refuses the change.
      RejectPendingReservations: 'true',
    })
  }

  return {
    setActivity,
    async endWrapUp(workerSid, taskSid) {
      const workspaceSid = await findWorkspace('end the wrap-up', workerSid)
      await send('end the wrap-up', `Workspaces/${workspaceSid}/Tasks/${taskSid}`, {
        AssignmentStatus: 'completed',
        Reason: 'the agent ended the wrap-up',
      })
      const available = twilio.view().activities.find((activity) => activity.available)
      if (available) await setActivity(workerSid, available.sid)
    },
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function sidsOf(page: unknown, key: string): string[] {
  const items = isRecord(page) ? page[key] : undefined
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown) =>
    isRecord(item) && typeof item['sid'] === 'string' ? [item['sid']] : [],
  )
}
