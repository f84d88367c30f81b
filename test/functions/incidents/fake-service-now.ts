import {
  type ServiceNow,
  ServiceNowRefusal,
  ServiceNowUnreachable,
} from '../../../functions/service-now/service-now.ts'

/** An incident as the fake keeps it. */
export type FakeIncident = { state: string; assigned_to: string; journal: string }

/** What the fake needs. */
export type FakeServiceNowOptions = {
  readonly incidents: Map<string, FakeIncident>
  readonly pass: () => Promise<void>
  readonly mishap: () => 'none' | 'lost' | 'unanswered' | 401 | 429 | 503
}

/** ServiceNow in memory: state, assignee, and one journal an incident. */
export function createFakeServiceNow({
  incidents,
  pass,
  mishap,
}: FakeServiceNowOptions): ServiceNow {
  async function answered<T>(work: () => T): Promise<T> {
    await pass()
    const befalls = mishap()
    if (typeof befalls === 'number') throw new ServiceNowRefusal('fake', befalls, 0, 'mishap')
    if (befalls === 'lost') throw new ServiceNowUnreachable('lost')
    const result = work()
    await pass()
    if (befalls === 'unanswered') throw new ServiceNowUnreachable('unanswered')
    return result
  }
  const incidentAt = (path: string) => {
    const id = /^incident\/(\w+)/.exec(path)?.[1] ?? ''
    const found = incidents.get(id)
    if (!found) throw new ServiceNowRefusal(path, 404, 0, 'No Record found')
    return found
  }
  return {
    state: () => 'reachable',
    get: (path) =>
      answered(() => {
        const { state, assigned_to, journal } = incidentAt(path)
        return { state, assigned_to, work_notes: journal, comments: '' }
      }),
    put: (path, fields) =>
      answered(() => {
        const found = incidentAt(path)
        for (const name of ['work_notes', 'comments']) {
          if (fields[name] !== undefined) found.journal += `${fields[name]}\n`
        }
        found.state = fields['state'] ?? found.state
        found.assigned_to = fields['assigned_to'] ?? found.assigned_to
      }),
  }
}
