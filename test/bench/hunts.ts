import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HuntView } from '../../schemas/index.ts'
import { childUsage } from './child-process.ts'
import { type HuntCentre, startHuntCentre } from './hunt-centre.ts'
import type { BenchTable } from './table.ts'

// Another number of them: HUNTS=20.
const huntCount = Number(process.env['HUNTS'] ?? 200)
const tierCount = 5
const tierSize = 20
const tierSeconds = 20
const allowanceMs = 2_000
const half = tierSize / 2
// A workspace has 15,000 workers at most: for 200 hunts, some agents must be free again for another one.
const ownAgents = tierCount * half
const agentsEach = ownAgents + 2 * half

/** Hunts before those that are measured: a centre has served before, and its processes are warm. */
const earlierHunts = 50

/** One agent was asked. */
type Asked = { readonly workerSid: string; readonly at: number; readonly hunt: number }

/** Where an agent is asked, and by which hunt. */
type Seat = {
  readonly hunt: number
  readonly id: Promise<string>
  readonly tier: number
  readonly place: number
}

/** How late each offer is when all hunts are asked for in the same instant, and all their tiers end in the same instant. */
export function benchHunts(): Promise<BenchTable> {
  return bench(0, 'asked for in the same instant')
}

/** The same when they come one after another within the time of one tier: all live together, but each tier ends at its own time. */
export function benchHuntsArriving(): Promise<BenchTable> {
  return bench((tierSeconds * 1_000) / huntCount, `asked for within ${tierSeconds} s`)
}

/** Every agent is asked on the wall clock, in a whole local centre. */
async function bench(everyMs: number, how: string): Promise<BenchTable> {
  const centre = await startHuntCentre(huntCount * agentsEach)
  try {
    const rooms = await Promise.all(
      Array.from({ length: huntCount }, (_, i) => centre.ringCustomer(`room_${i}`)),
    )
    await untilAllAreIn(centre)
    for (const place of centre.agents.keys()) {
      const address = `client:agent_${place}`
      centre.twilio.phones.setProfile({ address, outcome: 'answer', afterSeconds: 1 })
    }
    await practise(centre, rooms.slice(0, earlierHunts))
    const asked: Asked[] = []
    const seats = new Map<string, Seat[]>()
    centre.twilio.subscribe(({ name, at, workerSid = '' }) => {
      if (name !== 'reservation.created') return
      const [seat] = seats.get(workerSid) ?? []
      if (!seat) return
      asked.push({ workerSid, at, hunt: seat.hunt })
      void react(centre, workerSid, seat)
      // Who rejects is asked by another hunt next.
      if (seat.place % 2 === 1) seats.get(workerSid)?.shift()
    })
    const begun = new Map<string, number>()
    const answeredMs: number[] = []
    const before = cpuOf()
    const ids = await Promise.all(
      rooms.map(async (room, hunt) => {
        const told = Promise.withResolvers<string>()
        const tiers = Array.from({ length: tierCount }, (_, tier) => ({
          seconds: tierSeconds,
          workers: workersOf(centre, hunt, tier),
        }))
        for (const [tier, { workers }] of tiers.entries()) {
          for (const [place, sid] of workers.entries()) {
            const seat = { hunt, id: told.promise, tier, place }
            seats.set(
              sid,
              [...(seats.get(sid) ?? []), seat].toSorted((a, b) => a.tier - b.tier),
            )
          }
        }
        await sleep(hunt * everyMs)
        const sentAt = Date.now()
        const id = await startPatiently(centre, { ...room, tiers, idempotencyKey: `hunt ${hunt}` })
        answeredMs.push(Date.now() - sentAt)
        begun.set(id, sentAt)
        told.resolve(id)
        return id
      }),
    )
    const hunts = await untilOver(centre, ids)
    const cpu = cpuOf().map((ms, i) => (ms - (before[i] ?? 0)) / asked.length)
    return tableOf(how, hunts, asked, begun, answeredMs, cpu)
  } finally {
    await centre.stop()
  }
}

/** Processor time of the functions, of the storage, and of this process: the local Twilio and the load. */
function cpuOf(): readonly number[] {
  const { user, system } = process.cpuUsage()
  return [childUsage('host/main.ts').cpuMs, childUsage('azurite').cpuMs, (user + system) / 1_000]
}

/** Asks until it is answered: the same key is the same hunt. */
async function startPatiently(
  centre: HuntCentre,
  body: Readonly<Record<string, unknown>>,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return (await centre.start(body)).id
    } catch (error) {
      if (tries === 5) throw error
      await sleep(1_000)
    }
  }
}

/**
 * The silent half of a tier is the hunt's own. Those who reject are free again within the tier, and are asked once more by the
 * hunt before theirs two tiers later, and by the one before that another two later: never by two at a time.
 */
function workersOf({ agents }: HuntCentre, hunt: number, tier: number): string[] {
  const owner = (hunt + (tier >> 1)) % huntCount
  const rejecting = owner * agentsEach + ownAgents + (tier % 2) * half
  return Array.from({ length: half }, (_, i) => [
    agents[hunt * agentsEach + tier * half + i] ?? '',
    agents[rejecting + i] ?? '',
  ]).flat()
}

/** Half of each tier rejects in its time, the other half is silent; the first of the last tier accepts, and answers the phone. */
async function react(
  centre: HuntCentre,
  workerSid: string,
  { id, tier, place }: Seat,
): Promise<void> {
  const accepts = tier === tierCount - 1 && place === 0
  if (!accepts && place % 2 === 0) return
  await sleep(accepts ? 5_000 : 1_000 + Math.random() * (tierSeconds - 6) * 1_000)
  const answer = accepts ? 'accept' : 'reject'
  // Refused under load: the agent presses again.
  while (!(await centre.answer(await id, workerSid, answer))) await sleep(1_000)
}

/** A few hunts one after another, each cancelled at once. */
async function practise(
  centre: HuntCentre,
  rooms: readonly { conference: string; customerCallSid: string }[],
): Promise<void> {
  for (const room of rooms) {
    const workers = centre.agents.slice(0, tierSize)
    const { id } = await centre.start({ ...room, tiers: [{ seconds: tierSeconds, workers }] })
    await centre.cancel(id)
  }
  await sleep(5_000)
}

async function untilAllAreIn({ twilio }: HuntCentre): Promise<void> {
  const isIn = ({ status }: { readonly status: string }) => status === 'in-progress'
  while (twilio.view().calls.filter(isIn).length < huntCount) await sleep(500)
}

/** The hunts in the order of their ids; undefined: it cannot be read. */
async function untilOver(
  centre: HuntCentre,
  ids: readonly string[],
): Promise<(HuntView | undefined)[]> {
  const deadline = Date.now() + tierCount * tierSeconds * 1_000 + 60_000
  await sleep(tierCount * tierSeconds * 1_000)
  const hunts: (HuntView | undefined)[] = []
  for (const id of ids) {
    let hunt = await centre.show(id)
    while ((!hunt || hunt.state === 'offering') && Date.now() < deadline) {
      await sleep(500)
      hunt = await centre.show(id)
    }
    hunts.push(hunt)
  }
  return hunts
}

function tableOf(
  how: string,
  hunts: readonly (HuntView | undefined)[],
  asked: readonly Asked[],
  begun: ReadonlyMap<string, number>,
  answeredMs: readonly number[],
  [functions = 0, storage = 0, twilio = 0]: readonly number[],
): BenchTable {
  const ofTier: number[][] = Array.from({ length: tierCount }, () => [])
  const ofAgent = Map.groupBy(asked, ({ workerSid, hunt }) => `${workerSid} ${hunt}`)
  for (const [index, hunt] of hunts.entries()) {
    if (!hunt) continue
    // A tier is due when the one before it has had its time; the first when the hunt was asked for.
    const starts = hunt.tiers.map(({ startedAt }) => Date.parse(startedAt ?? ''))
    for (const { workerSid } of hunt.agents) {
      const seen = new Set<number>()
      for (const { at } of ofAgent.get(`${workerSid} ${index}`) ?? []) {
        const tier = starts.findLastIndex((startedAt) => startedAt <= at)
        // Asked again within a tier, after somebody accepted and did not answer: that was due at no time.
        if (seen.has(tier)) continue
        seen.add(tier)
        const due =
          tier === 0 ? (begun.get(hunt.id) ?? 0) : (starts[tier - 1] ?? 0) + tierSeconds * 1_000
        ofTier[tier]?.push(at - due)
      }
    }
  }
  const joined = hunts.filter((hunt) => hunt?.state === 'accepted').length
  const unread = hunts.flatMap((hunt, index) => (hunt ? [] : [index + 1]))
  const all = ofTier.flat()
  const late = all.filter((ms) => ms > allowanceMs).length
  return {
    title: `Hunts: ${huntCount} ${how}, ${tierCount} tiers of ${tierSize} agents, ${tierSeconds} s each`,
    columns: ['offers of', 'asked', 'median', 'p99', 'latest', 'of the 2 s'],
    rows: [...ofTier.map((ms, tier) => rowOf(`tier ${tier + 1}`, ms)), rowOf('all tiers', all)],
    notes: [
      'Lateness: an agent’s reservation less the moment at which their tier was due (tier 1: when the hunt was asked for).',
      `${late} offers were later than 2 s. ${joined} of ${huntCount} hunts ended with an agent joined.`,
      ...(unread.length > 0
        ? [`${unread.length} hunts failed, for they cannot be read: ${unread.join(', ')}.`]
        : []),
      `POST /hunts answered after ${quantile(answeredMs, 0.5)} ms (median), ${quantile(answeredMs, 1)} ms at most. Goal: 2 s.`,
      `Processor time for an offer: functions ${functions.toFixed(1)} ms, storage ${storage.toFixed(1)} ms, local Twilio and the load ${twilio.toFixed(1)} ms.`,
      `${earlierHunts} hunts were made and cancelled before. ${huntCount * agentsEach} agents; half of a tier reject at random times, half are silent and carried over. ${availableParallelism()} cores for everything, load included.`,
    ],
  }
}

function rowOf(name: string, ms: readonly number[]): string[] {
  const [median, p99, latest] = [0.5, 0.99, 1].map((share) => quantile(ms, share))
  const ratio = ((latest ?? 0) / allowanceMs).toFixed(2)
  return [name, String(ms.length), `${median} ms`, `${p99} ms`, `${latest} ms`, ratio]
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
