import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createWallClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createTwilio, type FaultProfile, serveTwilio } from '../../local/twilio/index.ts'
import { startEngine } from '../provider/engine/engine.ts'
import type { BenchTable } from './table.ts'

const workspace = 'twilio:taskrouter:Workspace'

/** What a deployment at a limited Twilio came to. */
export type LimitedRun = {
  readonly seconds: number
  /** Objects that the stack has, and objects that are really there. */
  readonly declared: number
  readonly there: number
  /** Requests that reached Twilio, and how many of them it refused with 429. */
  readonly requests: number
  readonly refused: number
}

/**
 * 500 resources at a Twilio that takes 10 writes a second and refuses some anyway, against the time that the limit alone
 * dictates; and with no limit at all, the requests a second that the provider gets through.
 */
export async function benchRateLimit(): Promise<BenchTable> {
  const faults = { writesPerSecond: 10, statuses: { '429': 0.05, '503': 0.02 } }
  const limited = await runLimited(500, faults)
  const free = await runLimited(500, {})
  const row = (name: string, run: LimitedRun, dictated: number | undefined) => [
    name,
    `${run.seconds.toFixed(1)} s`,
    dictated === undefined ? '–' : `${dictated.toFixed(1)} s`,
    dictated === undefined ? '–' : (run.seconds / dictated).toFixed(2),
    String(run.there - run.declared),
    String(run.requests),
    String(run.refused),
    (run.requests / run.seconds).toFixed(0),
  ]
  return {
    title: 'Rate limits: one up of 500 resources',
    columns: ['Twilio', 'time', 'dictated', 'ratio', 'surplus', 'requests', '429', 'requests/s'],
    rows: [
      row('10 writes/s, 5 % 429, 2 % 503', limited, limited.declared / faults.writesPerSecond),
      row('no limit', free, undefined),
    ],
    notes: [
      'Every resource is asked for at once, as an engine without a limit of its own does.',
      'Dictated: resources over writes a second. Surplus: objects at Twilio that the stack does not have.',
    ],
  }
}

/** One up of so many workers, queues and task channels in one workspace, all at once. */
export async function runLimited(resources: number, faults: FaultProfile): Promise<LimitedRun> {
  const { accountSid, authToken } = demoAccount
  const local = createTwilio({ clock: createWallClock(), accountSid, authToken })
  let requests = 0
  let refused = 0
  const server = await serveTwilio({
    port: 0,
    twilio: {
      ...local,
      async fetch(request) {
        const response = await local.fetch(request)
        requests++
        if (response.status === 429) refused++
        return response
      },
    },
  })
  // With the notes of creations that a deployment at Twilio writes too.
  const notes = mkdtempSync(join(tmpdir(), 'bench-rate-limit-'))
  const engine = await startEngine(server.url, { TWILIO_CREATIONS_DIR: notes })
  try {
    local.setFaults(faults)
    const began = performance.now()
    const { state } = await engine.up(workspace, undefined, { friendlyName: 'Limited' })
    const types = ['Worker', 'Worker', 'Worker', 'TaskQueue', 'TaskQueue']
    const made = await Promise.all(
      Array.from({ length: resources - 1 }, (_, i) =>
        engine.up(
          `twilio:taskrouter:${types[i % types.length]}`,
          undefined,
          { workspaceSid: state.id, friendlyName: `one of many, ${i}` },
          `one-of-many-${i}`,
        ),
      ),
    )
    const seconds = (performance.now() - began) / 1000
    local.setFaults({})
    const there = await Promise.all(
      ['Workers', 'TaskQueues'].map((list) => count(local.fetch, `${state.id}/${list}`)),
    )
    return {
      seconds,
      declared: new Set(made.map((one) => one.state.id)).size + 1,
      there: there.reduce((sum, rows) => sum + rows, 1),
      requests,
      refused,
    }
  } finally {
    engine.close()
    local.close()
    await server.close()
    rmSync(notes, { recursive: true, force: true })
  }
}

async function count(fetch: (request: Request) => Promise<Response>, path: string) {
  const { accountSid, authToken } = demoAccount
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`
  const address = `http://local/v1/Workspaces/${path}?PageSize=1000`
  const response = await fetch(new Request(address, { headers: { authorization } }))
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return Object.values(body).find((value) => Array.isArray(value))?.length ?? 0
}
