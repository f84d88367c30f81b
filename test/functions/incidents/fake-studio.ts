import type { TwilioRest } from '../../../functions/twilio/rest.ts'
import { TwilioRefusal, TwilioUnreachable } from '../../../functions/twilio/rest.ts'

type Form = Readonly<Record<string, string | readonly string[]>>

/** An execution of the flow, and the one call that it makes. */
export type FakeExecution = {
  readonly sid: string
  readonly contact: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly createdAt: number
  status: 'active' | 'ended'
  outcome: string | undefined
  call: 'ringing' | 'answered' | 'over'
}

/** What the fake needs. */
export type FakeStudioOptions = {
  readonly now: () => number
  /** Lets others go first: called before a request arrives and before its answer does. */
  readonly pass: () => Promise<void>
  /** What befalls this request: nothing, or it is lost on the way there or on the way back. */
  readonly mishap: () => 'none' | 'lost' | 'unanswered' | 'refused'
  readonly executions: FakeExecution[]
  /** How long it takes until an execution is listed; default 0. */
  readonly listLagMs?: number
  readonly isAvailable: (workerSid: string) => boolean
  readonly onStart: (execution: FakeExecution) => void
}

/** Studio's executions and their calls in memory, for the requests that hunts for incidents make. */
export function createFakeStudio(options: FakeStudioOptions): TwilioRest {
  const { executions, pass, mishap, now } = options

  async function send(method: string, path: string, form: Form) {
    await pass()
    const befalls = mishap()
    if (befalls === 'lost') throw new TwilioUnreachable(`${method} ${path}: no answer`)
    if (befalls === 'refused') throw new TwilioRefusal(`${method} ${path}`, 503, {})
    const answer = respond(method, decodeURIComponent(path), form)
    await pass()
    if (befalls === 'unanswered') throw new TwilioUnreachable(`${method} ${path}: no answer`)
    if (typeof answer === 'number') throw new TwilioRefusal(`${method} ${path}`, answer, {})
    return { body: answer, etag: null }
  }

  function respond(method: string, path: string, form: Form): object | number {
    const worker = /\/Workers\/(\w+)$/.exec(path)?.[1]
    if (worker) return { available: options.isAvailable(worker), activity_name: 'Break' }
    const call = /\/Calls\/(\w+)\.json$/.exec(path)?.[1]
    if (call) return hangUp(call)
    if (path.includes('/Calls.json')) return { calls: ringing(new URL(`https://${path}`)) }
    const [, sid, part] = /\/Executions(?:\/(\w+))?(?:\/(\w+))?(?:\?.*)?$/.exec(path) ?? []
    if (sid === undefined) return method === 'POST' ? start(form) : { executions: listed() }
    const found = executions.find((one) => one.sid === sid)
    if (!found) return 404
    if (part === 'Context') return { context: contextOf(found) }
    if (method === 'POST') found.status = 'ended'
    return body(found)
  }

  function start(form: Form): object | number {
    const contact = String(form['To'])
    if (executions.some((one) => one.contact === contact && one.status === 'active')) return 409
    const execution: FakeExecution = {
      sid: `FN${String(executions.length + 1).padStart(32, '0')}`,
      contact,
      parameters: JSON.parse(String(form['Parameters'])),
      createdAt: now(),
      status: 'active',
      outcome: undefined,
      call: 'ringing',
    }
    executions.push(execution)
    options.onStart(execution)
    return body(execution)
  }
  // Lists are a little behind; a second execution for the same contact is refused all the same.
  const listed = () =>
    executions
      .filter(({ createdAt }) => createdAt + (options.listLagMs ?? 0) <= now())
      .toReversed()
      .map(body)
  function ringing(url: URL) {
    return executions
      .filter(
        ({ contact, call }) =>
          contact === url.searchParams.get('To')?.replace(' ', '+') && call === 'ringing',
      )
      .map(({ sid }) => ({
        sid: `CA${sid}`,
        status: 'ringing',
        direction: 'outbound-api',
        from: '',
      }))
  }
  function hangUp(callSid: string): object | number {
    const found = executions.find(({ sid }) => `CA${sid}` === callSid)
    if (!found || found.call === 'over') return 400
    found.call = 'over'
    return {}
  }

  return {
    get: (path) => send('GET', path, {}),
    post: (path, form) => send('POST', path, form),
    state: () => 'reachable',
  }
}

function contextOf({ parameters, outcome, call, sid }: FakeExecution): object {
  return {
    trigger: { request: { parameters } },
    flow: { variables: outcome === undefined ? {} : { outcome } },
    widgets: call === 'ringing' ? {} : { call_agent: { CallSid: `CA${sid}` } },
  }
}

function body({ sid, contact, status, createdAt }: FakeExecution): object {
  const date_created = new Date(createdAt).toISOString()
  return { sid, flow_sid: 'FW', contact_channel_address: contact, status, date_created }
}
