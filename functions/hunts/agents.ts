import { agentResource, workerPage } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal } from '../twilio/rest.ts'
import { workspacePath } from '../twilio/task-router.ts'

/** What a hunt knows of a worker. */
export type Agent = {
  readonly sid: string
  readonly name: string
  /** Where the worker is called; absent if nobody can. */
  readonly contactUri?: string
}

// Up to that many workers are asked for one by one; more of them come as the whole list.
const oneByOne = 10

// The list of thousands of workers is not read for each of several hunts that begin within that time.
const rememberedMs = 30_000

type Remembered = { readonly agents: ReadonlyMap<string, Agent>; readonly at: number }

const remembered = new WeakMap<Services, Remembered>()
const underWay = new WeakMap<Services, Promise<ReadonlyMap<string, Agent>>>()

/** The workers of these SIDs as they were within the last half minute; unknown ones are missing. */
export async function findAgents(
  sids: readonly string[],
  services: Services,
): Promise<ReadonlyMap<string, Agent>> {
  if (sids.length <= oneByOne) {
    return byId(await Promise.all(sids.map((sid) => findAgent(sid, services))))
  }
  const known = remembered.get(services)
  const isRecent = known !== undefined && services.now() - known.at < rememberedMs
  // One who is missing, or could not be called, may have changed since.
  if (isRecent && sids.every((sid) => known.agents.get(sid)?.contactUri)) return known.agents
  // However many ask, one list and one map of it.
  const asked = underWay.get(services) ?? rememberAll(services)
  underWay.set(services, asked)
  return asked
}

async function rememberAll(services: Services): Promise<ReadonlyMap<string, Agent>> {
  const at = services.now()
  try {
    const agents = byId(await readWorkers('', services))
    remembered.set(services, { agents, at })
    return agents
  } finally {
    underWay.delete(services)
  }
}

function byId(agents: readonly (Agent | undefined)[]): ReadonlyMap<string, Agent> {
  return new Map(agents.flatMap((agent) => (agent ? [[agent.sid, agent]] : [])))
}

/** One worker, as it is now. */
export async function findAgent(
  sid: string,
  { settings, twilio }: Services,
): Promise<Agent | undefined> {
  try {
    const { body } = await twilio.get(`${workspacePath(settings.app.WORKSPACE_SID)}/Workers/${sid}`)
    return toAgent(agentResource.parse(body))
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return undefined
    throw error
  }
}

// Many hunts ask at the same moment: they share the one answer that is under way.
const askedForAvailable = new WeakMap<Services, Promise<readonly string[]>>()

/** SIDs of all workers in an available activity, busy or not. */
export function availableWorkers(services: Services): Promise<readonly string[]> {
  const asked = askedForAvailable.get(services) ?? readAvailable(services)
  askedForAvailable.set(services, asked)
  return asked
}

async function readAvailable(services: Services): Promise<readonly string[]> {
  try {
    return (await readWorkers('&Available=true', services)).map(({ sid }) => sid)
  } finally {
    askedForAvailable.delete(services)
  }
}

async function readWorkers(filter: string, { settings, twilio }: Services): Promise<Agent[]> {
  const agents: Agent[] = []
  let path: string | undefined =
    `${workspacePath(settings.app.WORKSPACE_SID)}/Workers?PageSize=1000${filter}`
  while (path !== undefined) {
    const answer: { readonly body: unknown } = await twilio.get(path)
    const page = workerPage.parse(answer.body)
    agents.push(...page.workers.map(toAgent))
    path = page.meta.next_page_url?.replace(/^https?:\/\//, '')
  }
  return agents
}

function toAgent(worker: {
  readonly sid: string
  readonly friendly_name: string
  readonly attributes: string
}): Agent {
  const { sid, friendly_name: name, attributes } = worker
  const contactUri = contactOf(attributes)
  return { sid, name, ...(contactUri === undefined ? {} : { contactUri }) }
}

function contactOf(attributes: string): string | undefined {
  try {
    const { contact_uri: contact }: { contact_uri?: unknown } = JSON.parse(attributes) ?? {}
    return typeof contact === 'string' && contact !== '' ? contact : undefined
  } catch {
    return undefined
  }
}
