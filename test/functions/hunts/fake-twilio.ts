import type { TwilioRest } from '../../../functions/twilio/rest.ts'
import { TwilioRefusal, TwilioUnreachable } from '../../../functions/twilio/rest.ts'
import type { FakePhones } from './fake-phones.ts'
import type { FakeTask, FakeTaskRouter } from './fake-task-router.ts'

type Form = Readonly<Record<string, string | readonly string[]>>

/** What the fake needs. */
export type FakeTwilioOptions = {
  readonly router: FakeTaskRouter
  readonly phones: FakePhones
  readonly workers: ReadonlyMap<string, { available: boolean }>
  readonly customerIsThere: () => boolean
  /** Lets others go first: called before a request arrives and before its answer does. */
  readonly pass: () => Promise<void>
  /** What befalls this request: nothing, or it is lost on the way there or on the way back. */
  readonly mishap: () => 'none' | 'lost' | 'unanswered'
  readonly count: (what: string) => void
}

/** Twilio's REST API over fakes in memory, for the requests that hunts make. */
export function createFakeTwilio(options: FakeTwilioOptions): TwilioRest {
  const { router, phones, pass, mishap, count } = options
  const send = async (method: string, path: string, form: Form) => {
    await pass()
    const befalls = mishap()
    if (befalls !== 'none') count(`request ${befalls}`)
    if (befalls === 'lost') throw new TwilioUnreachable(`${method} ${path}: no answer`)
    const answer = respond(method, decodeURIComponent(path), form)
    await pass()
    if (befalls === 'unanswered') throw new TwilioUnreachable(`${method} ${path}: no answer`)
    if (typeof answer === 'number') throw new TwilioRefusal(`${method} ${path}`, answer, {})
    return { body: answer, etag: null }
  }

  function respond(method: string, path: string, form: Form): object | number {
    const [, rest = ''] = /^[^/]+\/(?:v1|2010-04-01)\/[^/]+\/[^/]+\/(.*)$/.exec(path) ?? []
    const [address = '', query = ''] = rest.split('?')
    const [collection, sid = '', part, partSid = ''] = address.replace('.json', '').split('/')
    switch (collection) {
      case 'Tasks':
        return sid === ''
          ? tasks(method, query, form)
          : task(method, router.tasks.get(sid), part, partSid, form)
      case 'Workers':
        return sid === '' ? workerList() : worker(sid)
      case 'Conferences':
        return partSid === '' ? dial(form) : participant(partSid)
      case 'Calls':
        return sid === '' ? dial(form) : call(method, sid)
      default:
        throw new Error(`The fake does not know ${method} ${path}`)
    }
  }

  function tasks(method: string, query: string, form: Form): object {
    if (method === 'POST') return body(router.create(JSON.parse(String(form['Attributes']))))
    const key = /hunt_task == "([^"]+)"/.exec(query.replaceAll('+', ' '))?.[1]
    const found = [...router.tasks.values()].filter(({ attributes, status }) =>
      key ? attributes.hunt_task === key : !['canceled', 'completed'].includes(status),
    )
    return { tasks: found.map(body) }
  }

  function task(
    method: string,
    found: FakeTask | undefined,
    part: string | undefined,
    reservationSid: string,
    form: Form,
  ): object | number {
    if (!found) return 404
    if (part === 'Reservations' && method === 'GET') {
      const reservations = found.reservations.map(({ sid, workerSid, status }) => ({
        ...{ sid, worker_sid: workerSid, reservation_status: status },
      }))
      return { reservations }
    }
    if (part === 'Reservations') {
      return router.answer(found, reservationSid, String(form['ReservationStatus'])) ?? 410
    }
    if (method === 'GET') return body(found)
    if (form['Attributes']) {
      router.setAttributes(found, JSON.parse(String(form['Attributes'])))
      return body(found)
    }
    const status = String(form['AssignmentStatus'])
    return router.end(found, status, String(form['Reason'])) ? body(found) : 400
  }

  const worker = (sid: string) => ({
    ...{ sid, friendly_name: sid.slice(-2) },
    attributes: JSON.stringify({ contact_uri: `client:${sid}` }),
  })
  const workerList = () => ({
    workers: [...options.workers]
      .filter(([, { available }]) => available)
      .map(([sid]) => worker(sid)),
    meta: { next_page_url: null },
  })
  function dial(form: Form): object | number {
    const url = form['Url'] === undefined ? null : String(form['Url'])
    // A call of its own does not ask whether the conference is still there.
    if (url === null && !options.customerIsThere()) return 404
    const label = form['Label'] === undefined ? null : String(form['Label'])
    const callback = String(form['StatusCallback'])
    return { call_sid: phones.dial(String(form['To']), callback, url, label).sid }
  }
  /** The customer by the leg, an agent by the label. */
  function participant(name: string): object | number {
    if (!options.customerIsThere()) return 404
    if (name.startsWith('CA')) return { call_sid: name }
    const leg = [...phones.calls.values()].find((one) => one.label === name && phones.isLive(one))
    return leg ? { call_sid: leg.sid } : 404
  }
  function call(method: string, sid: string): object | number {
    const found = phones.calls.get(sid)
    if (!found) return 404
    if (method === 'POST') {
      if (!phones.isLive(found)) return 400
      phones.hangUp(found)
    }
    return callBody(found)
  }
  const callBody = ({ sid, status }: { sid: string; status: string }) => ({
    ...{ sid, status, direction: 'outbound-api', from: '' },
  })
  const body = ({ sid, status, attributes }: FakeTask) => ({
    ...{ sid, assignment_status: status, attributes: JSON.stringify(attributes) },
  })

  return {
    get: (path) => send('GET', path, {}),
    post: (path, form) => send('POST', path, form),
    state: () => 'reachable',
  }
}
