import type { HttpResponseInit } from '@azure/functions'
import {
  type IncidentMetrics,
  type IncidentRecord,
  incidentMetricsQuery,
} from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import { readResolutions } from '../service-now/resolutions.ts'
import type { Services } from '../services.ts'
import { dayOf, readDay } from './record-metrics.ts'

const usualDays = 31
const dayMs = 24 * 3_600_000

/** `GET /incidents/metrics?days=n`: the ended hunts of the last days in figures, per day and per person. */
export async function getIncidentMetrics(
  _body: unknown,
  services: Services,
  { query }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const { days } = incidentMetricsQuery.parse(Object.fromEntries(query))
  const names = Array.from({ length: Number(days ?? usualDays) }, (_, ago) =>
    dayOf(services.now() - ago * dayMs),
  ).toReversed()
  const records = await Promise.all(names.map((day) => readDay(day, services.store)))
  const accepted = records.flat().filter(({ acceptedBy }) => acceptedBy !== null)
  const resolvedAt = await readResolutions(
    accepted.map(({ sysId }) => sysId),
    services,
  )
  return { jsonBody: metricsOf(names, records, resolvedAt) }
}

/** The figures of these days; `resolvedAt`: when ServiceNow says that an incident was resolved. */
export function metricsOf(
  days: readonly string[],
  records: readonly (readonly IncidentRecord[])[],
  resolvedAt: ReadonlyMap<string, number>,
): IncidentMetrics {
  return {
    days: days.flatMap((day, i) => {
      const own = records[i] ?? []
      return own.length > 0 ? [figuresOfDay(day, own, resolvedAt)] : []
    }),
    people: figuresOfPeople(records.flat()),
  }
}

function figuresOfDay(
  day: string,
  records: readonly IncidentRecord[],
  resolvedAt: ReadonlyMap<string, number>,
): IncidentMetrics['days'][number] {
  const countOf = (wanted: string) => records.filter(({ outcome }) => outcome === wanted).length
  const accepted = records.filter(({ outcome }) => outcome === 'accepted')
  const resolutions = accepted.flatMap(({ sysId, createdAt }) => {
    const at = resolvedAt.get(sysId)
    return at === undefined || at < createdAt ? [] : [(at - createdAt) / 1000]
  })
  return {
    day,
    hunts: records.length,
    accepted: accepted.length,
    exhausted: countOf('exhausted'),
    stopped: countOf('stopped'),
    failed: countOf('failed'),
    attempts: sum(records.map(({ attempts }) => attempts.length)),
    escalations: sum(records.map(({ escalations }) => escalations)),
    secondsToAcknowledge: mean(
      accepted.map(({ createdAt, endedAt }) => (endedAt - createdAt) / 1000),
    ),
    secondsToResolve: mean(resolutions),
    escalationRate: mean(records.map(({ escalations }) => (escalations > 0 ? 1 : 0))),
  }
}

function figuresOfPeople(records: readonly IncidentRecord[]): IncidentMetrics['people'] {
  const attempts = records.flatMap((record) => record.attempts)
  const names = [...new Set(attempts.map(({ name }) => name))].toSorted()
  return names.map((name) => {
    const own = attempts.filter((attempt) => attempt.name === name)
    const countOf = (wanted: string) => own.filter(({ outcome }) => outcome === wanted).length
    const [accepted, passedOn, escalated] = ['accepted', 'next', 'escalate'].map(countOf)
    const decided = own.filter(({ outcome }) => ['accepted', 'next', 'escalate'].includes(outcome))
    return {
      name,
      called: own.length,
      accepted: accepted ?? 0,
      passedOn: passedOn ?? 0,
      escalated: escalated ?? 0,
      undecided: own.length - decided.length,
      secondsToDecide: mean(decided.map(({ seconds }) => seconds)),
      acceptanceRate: own.length > 0 ? (accepted ?? 0) / own.length : null,
    }
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function mean(values: readonly number[]): number | null {
  return values.length > 0 ? sum(values) / values.length : null
}
