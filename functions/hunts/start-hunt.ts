import { createHash, randomBytes } from 'node:crypto'
import type { HttpResponseInit } from '@azure/functions'
import {
  type HuntGroup,
  InvalidInput,
  type Problem,
  type StartHuntRequest,
  startHuntRequest,
} from '../../schemas/index.ts'
import type { BackOfficeRequest } from '../back-office/credential.ts'
import { RequestRefused } from '../back-office/request-refused.ts'
import type { Services } from '../services.ts'
import { type Agent, findAgents } from './agents.ts'
import { findConference } from './find-conference.ts'
import { newHunt } from './new-hunt.ts'
import { step } from './step.ts'
import { armSweep } from './sweep.ts'
import { describeHunt } from './timeline.ts'
import { createHunt, huntRows } from './world.ts'

/** `POST /hunts`: offers a seat in a conference; answers the hunt. The same idempotency key answers the same hunt. */
export async function startHunt(
  body: unknown,
  services: Services,
  { headers }: BackOfficeRequest,
): Promise<HttpResponseInit> {
  const request = startHuntRequest.parse(body)
  const key = headers.get('idempotency-key') ?? request.idempotencyKey
  const id = idFor(key)
  const fit = prepare(request, services)
  // Whatever has become of the conference since, the same key is the same hunt: a refusal waits until that is known.
  fit.catch(() => {})
  const before = key && (await huntRows(services).read(id))
  if (before) return { jsonBody: describeHunt(before.hunt) }
  const { rules, agents, conference } = await fit
  const now = services.now()
  const fresh = newHunt({ id, request, rules, agents, ...conference }, now)
  const hunt = step(fresh, { kind: 'start' }, now)
  // Undefined: the same request came twice, and the other one is at it.
  const [current] = await Promise.all([createHunt(hunt, services), armSweep(services)])
  return { status: 201, jsonBody: describeHunt(current ?? hunt) }
}

/** What the request asks for, as it is at Twilio; all that cannot be is refused. */
async function prepare(request: StartHuntRequest, services: Services) {
  const rules = rulesOf(request, services)
  const [agents, conference] = await Promise.all([
    findAgents([...new Set(rules.tiers.flatMap(({ workers }) => workers))], services),
    findConference(request.conference, request.customerCallSid, services),
  ])
  refuseUnusable(rules, agents)
  return { rules, agents, conference }
}

function idFor(key: string | undefined): string {
  const random = () => randomBytes(16).toString('hex')
  const hex = key ? createHash('sha256').update(key).digest('hex').slice(0, 32) : random()
  return `HU${hex}`
}

/** The rules of the named group, and what the request says otherwise. */
function rulesOf(request: StartHuntRequest, { settings }: Services): HuntGroup {
  const { hunts } = settings.centre
  if (!hunts) {
    const message = 'is for centres that declare hunts; this one does not'
    throw new RequestRefused(409, { path: 'hunts', message })
  }
  const { group: name, createdBy, tiers, fallback, limitSeconds, confirm, ringSeconds } = request
  const group = name === undefined ? undefined : hunts.groups[name]
  if (name !== undefined && !group) {
    const known = Object.keys(hunts.groups).join(', ') || 'none'
    throw refuse('group', `“${name}” is not declared; known: ${known}`)
  }
  if (group?.startedBy && !group.startedBy.includes(createdBy ?? '')) {
    const message = `may not start the group “${name}”`
    throw new RequestRefused(403, { path: 'createdBy', message })
  }
  const steps = tiers ?? group?.tiers
  if (!steps) throw refuse('tiers', 'is missing; name a group or give tiers')
  return {
    ...group,
    tiers: steps,
    ...defined({ fallback, limitSeconds, confirm, ringSeconds }),
  }
}

function refuseUnusable({ tiers }: HuntGroup, agents: ReadonlyMap<string, Agent>): void {
  const problems = tiers.flatMap(({ workers }, i) =>
    workers.flatMap((sid, j): Problem[] => {
      const path = `tiers[${i}].workers[${j}]`
      const agent = agents.get(sid)
      if (!agent) return [{ path, message: `${sid} is no worker of this workspace` }]
      if (agent.contactUri) return []
      return [{ path, message: `${agent.name} has no attribute contact_uri to be called at` }]
    }),
  )
  if (problems.length > 0) throw new InvalidInput('hunt', problems)
}

function refuse(path: string, message: string): InvalidInput {
  return new InvalidInput('hunt', [{ path, message }])
}

function defined<T extends Readonly<Record<string, unknown>>>(values: T): Partial<T> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Partial<T>
}
