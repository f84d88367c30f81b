import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { childUsage } from './child-process.ts'
import { type HuntCentre, startHuntCentre } from './hunt-centre.ts'
import type { BenchTable } from './table.ts'

// Another number of them: HUNTS=2000.
const stretch = Math.ceil(Number(process.env['HUNTS'] ?? 10_000) / 10)
const stretches = 10
const atOnce = 40
const agentsEach = 2
const patienceMs = 30_000
const pauseMs = 200

/** What the processes held when so many hunts had come and gone, in bytes. */
type Held = { readonly hunts: number; readonly bytes: readonly number[] }

/** Whether memory stays flat when thousands of short hunts have come and gone: one tier, two agents, one of whom joins at once. */
export async function benchHuntMemory(): Promise<BenchTable> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const centre = await startHuntCentre(atOnce * agentsEach, 1_000)
  const rows: string[][] = []
  const held: Held[] = []
  let joined = 0
  try {
    for (const place of centre.agents.keys()) {
      const address = `client:agent_${place}`
      centre.twilio.phones.setProfile({ address, outcome: 'answer', afterSeconds: 0 })
    }
    for (let done = stretch; done <= stretch * stretches; done += stretch) {
      const startedAt = performance.now()
      let left = stretch
      const slots = Array.from({ length: atOnce }, async (_, slot) => {
        while (left-- > 0) if (await hunt(centre, slot, `room_${done}_${left}`)) joined++
      })
      await Promise.all(slots)
      const perSecond = (stretch / (performance.now() - startedAt)) * 1_000
      collect()
      const { heapUsed, rss } = process.memoryUsage()
      const children = ['host/main.ts', 'azurite'].map((name) => childUsage(name).residentBytes)
      held.push({ hunts: done, bytes: [heapUsed, rss, ...children] })
      rows.push([String(done), perSecond.toFixed(1), ...(held.at(-1)?.bytes ?? []).map(megabytes)])
      console.error(rows.at(-1)?.join('  '))
    }
  } finally {
    await centre.stop()
  }
  rows.push(['a thousand more, of the last half', '', ...slopes(held)])
  return {
    title: `Hunts one after another, ${atOnce} at once: two agents are asked, one joins, the customer leaves`,
    columns: ['hunts', 'hunts/s', 'Twilio, heap', 'Twilio, RSS', 'functions, RSS', 'Azurite, RSS'],
    rows,
    notes: [
      `${joined} of ${stretch * stretches} ended with an agent joined. The Twilio's process also makes the load; its heap is after a collection.`,
      'Azurite keeps rows of closed hunts (a day) and the index of the archive in memory.',
      `${availableParallelism()} cores for everything, load included.`,
    ],
  }
}

/** True when an agent was joined. */
async function hunt(centre: HuntCentre, slot: number, room: string): Promise<boolean> {
  const workers = centre.agents.slice(slot * agentsEach, (slot + 1) * agentsEach)
  const customer = await centre.ringCustomer(room)
  const isIn = ({ sid, status }: { readonly sid: string; readonly status: string }) =>
    sid === customer.customerCallSid && status === 'in-progress'
  while (!centre.twilio.view().calls.some(isIn)) await sleep(pauseMs)
  const { id } = await centre.start({ ...customer, tiers: [{ seconds: 20, workers }] })
  const deadline = Date.now() + patienceMs
  let joined = false
  while (!joined && Date.now() < deadline) {
    await centre.answer(id, workers[0] ?? '', 'accept')
    await sleep(pauseMs)
    joined = (await centre.show(id))?.state === 'accepted'
  }
  centre.twilio.phones.hangUp(customer.customerCallSid)
  while (Date.now() < deadline && (await centre.show(id))?.seat?.phase !== 'over') {
    await sleep(pauseMs)
  }
  return joined
}

/** How much more a thousand hunts leave behind, as a straight line through the last half tells. */
function slopes(held: readonly Held[]): string[] {
  const last = held.slice(held.length >> 1)
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const middle = mean(last.map(({ hunts }) => hunts))
  return (held[0]?.bytes ?? []).map((_, i) => {
    const level = mean(last.map(({ bytes }) => bytes[i] ?? 0))
    const rise = mean(last.map(({ hunts, bytes }) => (hunts - middle) * ((bytes[i] ?? 0) - level)))
    const run = mean(last.map(({ hunts }) => (hunts - middle) ** 2))
    return `${((rise / run) * 1e-3).toFixed(1)} MB`
  })
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
