import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { childUsage } from './child-process.ts'
import { type HuntCentre, startHuntCentre } from './hunt-centre.ts'
import type { BenchTable } from './table.ts'

// Another number of them: HUNTS=2000.
const stretch = Number(process.env['HUNTS'] ?? 10_000) / 10
const stretches = 10
const atOnce = 40
const agentsEach = 4
const patienceMs = 30_000

/** Whether memory stays flat when thousands of hunts have come and gone, in the local Twilio and in the functions. */
export async function benchHuntMemory(): Promise<BenchTable> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const centre = await startHuntCentre(atOnce * agentsEach, 1_000)
  const rows: string[][] = []
  let joined = 0
  try {
    for (const sid of centre.agents.keys()) {
      const address = `client:agent_${sid}`
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
      rows.push([
        String(done),
        perSecond.toFixed(1),
        megabytes(heapUsed),
        megabytes(rss),
        megabytes(childUsage('host/main.ts').residentBytes),
        megabytes(childUsage('azurite').residentBytes),
      ])
      console.error(rows.at(-1)?.join('  '))
    }
  } finally {
    await centre.stop()
  }
  return {
    title: `Hunts one after another, ${atOnce} at once: two reject, the third joins, the customer leaves`,
    columns: ['hunts', 'hunts/s', 'Twilio, heap', 'Twilio, RSS', 'functions, RSS', 'Azurite, RSS'],
    rows,
    notes: [
      `${joined} of ${stretch * stretches} ended with an agent joined. The Twilio's process also makes the load; its heap is after a collection.`,
      'Azurite keeps rows of closed hunts (a day) and the archive of events in memory here.',
      `${availableParallelism()} cores for everything, load included.`,
    ],
  }
}

/** True when an agent was joined. */
async function hunt(centre: HuntCentre, slot: number, room: string): Promise<boolean> {
  const [first = '', second = '', third = '', fourth = ''] = centre.agents.slice(slot * agentsEach)
  const customer = await centre.ringCustomer(room)
  const answered = ({ sid, status }: { readonly sid: string; readonly status: string }) =>
    sid === customer.customerCallSid && status === 'in-progress'
  while (!centre.twilio.view().calls.some(answered)) await sleep(100)
  const tiers = [
    { seconds: 20, workers: [first, second] },
    { seconds: 20, workers: [third, fourth] },
  ]
  const { id } = await centre.start({ ...customer, tiers })
  await Promise.all([first, second].map((sid) => centre.answer(id, sid, 'reject')))
  const deadline = Date.now() + patienceMs
  let joined = false
  while (!joined && Date.now() < deadline) {
    await centre.answer(id, third, 'accept')
    await sleep(100)
    joined = (await centre.show(id))?.state === 'accepted'
  }
  centre.twilio.phones.hangUp(customer.customerCallSid)
  while (Date.now() < deadline && (await centre.show(id))?.seat?.phase !== 'over') await sleep(200)
  return joined
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
