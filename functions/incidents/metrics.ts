import type { HttpResponseInit } from '@azure/functions'
import {
  type IncidentMetrics,
  type IncidentRecord,
  InvalidInput,
  incidentMetricsQuery,
  isTimeZone,
} from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import { readResolutions } from '../service-now/resolutions.ts'
import type { Services } from '../services.ts'
import { dayAfter, dayIn, daysUpTo } from './local-day.ts'
import { readDay } from './record-metrics.ts'
import { meanOf, spreadOf, sum } from './spread.ts'

const usualDays = 31

/** `GET /incidents/metrics?days=n&timeZone=…`: the hunts of the last days in figures, in all, per day and per person. */
export async function getIncidentMetrics(
  _body: unknown,
  services: Services,
  { query }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const asked = incidentMetricsQuery.parse(Object.fromEntries(query))
  const timeZone = asked.timeZone ?? services.settings.centre.hours?.timeZone ?? 'UTC'
  if (!isTimeZone(timeZone)) {
    const message = 'must be an IANA name, for example Europe/Madrid'
    throw new InvalidInput('query of incident metrics', [{ path: 'timeZone', message }])
  }
  const days = daysUpTo(dayIn(timeZone, services.now()), Number(asked.days ?? usualDays))
  const records = await readDays(days, services)
  const resolvedAt = await readResolutions(
    records.filter(({ acceptedBy }) => acceptedBy !== null).map(({ sysId }) => sysId),
    services,
  )
  return { jsonBody: metricsOf({ timeZone, days, records, resolvedAt }) }
}

// They are kept by days of UTC: no zone is further away than a day.
async function readDays(
  days: readonly string[],
  { store }: Services,
): Promise<readonly IncidentRecord[]> {
  const stored = daysUpTo(dayAfter(days.at(-1) ?? '', 1), days.length + 2)
  return (await Promise.all(stored.map((day) => readDay(day, store)))).flat()
}

/** What figures are made of. */
export type MeasuredHunts = {
  readonly timeZone: string
  readonly days: readonly string[]
  /** Those of other days are left out. */
  readonly records: readonly IncidentRecord[]
  /** When ServiceNow says that an incident was resolved. */
  readonly resolvedAt: ReadonlyMap<string, number>
}

/** The figures of these days, those without a hunt among them. */
export function metricsOf({ timeZone, days, records, resolvedAt }: MeasuredHunts): IncidentMetrics {
  const byDay = Map.groupBy(records, ({ createdAt }) => dayIn(timeZone, createdAt))
  const counted = days.flatMap((day) => byDay.get(day) ?? [])
  return {
    timeZone,
    total: figuresOf(counted, resolvedAt),
    days: days.map((day) => ({ day, ...figuresOf(byDay.get(day) ?? [], resolvedAt) })),
    people: figuresOfPeople(counted),
  }
}

function figuresOf(
  records: readonly IncidentRecord[],
  resolvedAt: ReadonlyMap<string, number>,
): IncidentMetrics['total'] {
  const countOf = (wanted: string) => records.filter(({ outcome }) => outcome === wanted).length
  const accepted = records.filter(({ outcome }) => outcome === 'accepted')
  const resolutions = accepted.flatMap(({ sysId, createdAt }) => {
    const at = resolvedAt.get(sysId)
    return at === undefined || at < createdAt ? [] : [(at - createdAt) / 1000]
  })
  return {
    hunts: records.length,
    accepted: accepted.length,
    exhausted: countOf('exhausted'),
    stopped: countOf('stopped'),
    failed: countOf('failed'),
    attempts: sum(records.map(({ attempts }) => attempts.length)),
    escalations: sum(records.map(({ escalations }) => escalations)),
    secondsToAcknowledge: spreadOf(
      accepted.map(({ createdAt, endedAt }) => (endedAt - createdAt) / 1000),
    ),
    secondsToResolve: spreadOf(resolutions),
    escalationRate: meanOf(records.map(({ escalations }) => (escalations > 0 ? 1 : 0))),
  }
}

function figuresOfPeople(records: readonly IncidentRecord[]): IncidentMetrics['people'] {
  const attempts = records.flatMap((record) => record.attempts)
  const names = [...new Set(attempts.map(({ name }) => name))].toSorted()
  return names.map((name) => {
    const own = attempts.filter((attempt) => attempt.name === name)
    const countOf = (wanted: string) => own.filter(({ outcome }) => outcome === wanted).length
    const accepted = countOf('accepted')
    const decided = own.filter(({ outcome }) => ['accepted', 'next', 'escalate'].includes(outcome))
    return {
      name,
      called: own.length,
      accepted,
      passedOn: countOf('next'),
      escalated: countOf('escalate'),
      undecided: own.length - decided.length,
      secondsToDecide: spreadOf(decided.map(({ seconds }) => seconds)),
      acceptanceRate: own.length > 0 ? accepted / own.length : null,
    }
  })
}
