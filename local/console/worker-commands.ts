import type { Twilio } from '../twilio/contract.ts'

/** Somebody refused a command of the page; the message is for the person who gave it. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
  readonly code = 'command-refused'
  readonly status: number

  constructor(command: string, status: number, reason: string) {
    super(`Could not ${command}: ${reason}`)
    this.status = status
  }
}

/** What an agent does to the own worker. It goes through Twilio's REST API, as a real desk's would. */
export interface WorkerCommands {
  setActivity(workerSid: string, activitySid: string): Promise<void>
}

type Credentials = { readonly accountSid: string; readonly authToken: string }

/** Worker commands over the local Twilio's `fetch`. */
export function createWorkerCommands(twilio: Twilio, account: Credentials): WorkerCommands {
  const credentials = `${account.accountSid}:${account.authToken}`
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  const workspaceOf = new Map<string, string>()

  async function send(path: string, form?: Readonly<Record<string, string>>): Promise<unknown> {
    const answer = await twilio.fetch(
      new Request(`http://local/taskrouter.twilio.com/v1/${path}`, {
        method: form ? 'POST' : 'GET',
        headers: { authorization },
        ...(form && { body: new URLSearchParams(form) }),
      }),
    )
    const body: unknown = await answer.json().catch(() => null)
    if (answer.ok) return body
    const reason = isRecord(body) && typeof body['message'] === 'string' ? body['message'] : ''
    throw new CommandRefused(
      'change the activity',
      answer.status,
      reason || `Twilio answered ${answer.status}`,
    )
  }

  async function findWorkspace(workerSid: string): Promise<string> {
    const known = workspaceOf.get(workerSid)
    if (known) return known
    const page = await send('Workspaces?PageSize=1000')
    for (const workspaceSid of sidsOf(page, 'workspaces')) {
      const found = await send(`Workspaces/${workspaceSid}/Workers/${workerSid}`).then(
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
    throw new CommandRefused('change the activity', 404, `no workspace has worker ${workerSid}`)
  }

  return {
    async setActivity(workerSid, activitySid) {
      const activity = twilio.view().activities.find(({ sid }) => sid === activitySid)
      await send(`Workspaces/${await findWorkspace(workerSid)}/Workers/${workerSid}`, {
        ActivitySid: activitySid,
        // Who walks away from a pending offer rejects it, or Twilio would refuse the change; it may only be said then.
        ...(activity?.available === false && { RejectPendingReservations: 'true' }),
      })
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
