import type { BenchTable } from './table.ts'
import { printTable } from './table.ts'

/**
 * `npm run bench [-- router handlers rate-limit conferences hunts hunts-arriving hunt-memory provider engine]`: each benchmark in a run of its own, its table printed when it is done.
 * Figures are ratios against something measured in the same run; nothing here passes or fails.
 */
const benches: Readonly<Record<string, () => Promise<BenchTable>>> = {
  router: async () => (await import('./router.ts')).benchRouter(),
  handlers: async () => (await import('./handlers.ts')).benchHandlers(),
  'rate-limit': async () => (await import('./rate-limit.ts')).benchRateLimit(),
  conferences: async () => (await import('./conferences.ts')).benchConferences(),
  executions: async () => (await import('./executions.ts')).benchExecutions(),
  hunts: async () => (await import('./hunts.ts')).benchHunts(),
  'hunts-arriving': async () => (await import('./hunts.ts')).benchHuntsArriving(),
  'hunt-memory': async () => (await import('./hunt-memory.ts')).benchHuntMemory(),
  provider: async () => (await import('./provider.ts')).benchProvider(),
  engine: async () => (await import('./engine.ts')).benchEngine(),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `No benchmark is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
  )
  process.exit(2)
}
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) printTable(await run())
}
