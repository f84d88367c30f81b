import { accessSync, constants, mkdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createWallClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createTwilio, serveTwilio } from '../../local/twilio/index.ts'
import {
  idleProgram,
  type Measured,
  measure,
  measureEmbedded,
  writeProject,
} from './bench-project.ts'
import type { BenchTable } from './table.ts'

const sizes = [20, 200, 2000] as const

/** What the real CLI took on a file backend with a provider that does nothing: seconds, and MB where measured. */
const references: Readonly<
  Record<string, { readonly seconds: number; readonly megabytes?: number }>
> = {
  'preview 200': { seconds: 2.1, megabytes: 320 },
  'preview 2000': { seconds: 9.3, megabytes: 490 },
  'up 200': { seconds: 3.4 },
  'up 2000': { seconds: 100 },
}
const goals: Readonly<Record<string, number>> = {
  'preview 200': 1 / 2,
  'preview 2000': 1 / 2,
  'up 200': 1 / 2,
  'up 2000': 1 / 5,
}

type Runner = (operation: 'up' | 'preview', dir: string) => Promise<Measured>

/** Up and no-change preview of 20, 200 and 2,000 resources with the embedded engine, beside the real CLI. */
export async function benchEngine(): Promise<BenchTable> {
  const clock = createWallClock()
  const { accountSid, authToken } = demoAccount
  const twilio = createTwilio({ clock, accountSid, authToken })
  const server = await serveTwilio({ twilio, port: 0 })
  const cli = findOnPath('pulumi')
  const runners: readonly (readonly [string, Runner])[] = [
    ['embedded', measureEmbedded],
    ...(cli ? [['pulumi', runCli(cli)] as const] : []),
  ]
  const rows: string[][] = []
  try {
    for (const provider of ['twilio', 'idle'] as const) {
      for (const size of sizes) {
        for (const [name, run] of runners) {
          const program = provider === 'twilio' ? twilioProgram(size) : idleProgram(size)
          const dir = writeProject(provider, program, server.url)
          try {
            for (const operation of ['up', 'preview'] as const) {
              const measured = await run(operation, dir)
              rows.push(row(`${name}, ${provider}: ${operation}`, operation, size, measured))
            }
          } finally {
            rmSync(dir, { recursive: true, force: true })
          }
        }
      }
    }
  } finally {
    await server.close()
    twilio.close()
  }
  return {
    title: 'Engine: up of everything new, then a preview without changes',
    columns: [
      'case',
      'resources',
      'time',
      'processor',
      'peak memory',
      'CLI reference',
      'ratio',
      'goal',
    ],
    rows,
    notes: [
      'Time from the start of the command to its end; processor time and peak memory are sums over engine, program and provider.',
      'On a machine that is busy otherwise the time says little: compare half of the processor time on two idle cores.',
      'twilio: the real provider and the local Twilio, which runs in the process of the benchmark; idle: a provider that does nothing, as for the references.',
      'CLI reference: pulumi 3.260 on a file backend with a provider that does nothing, measured once on a machine of two cores; its memory is that of the CLI.',
      cli
        ? 'pulumi is on the PATH: both ran side by side.'
        : 'pulumi is not on the PATH: its figures are the references only.',
    ],
  }
}

function row(
  name: string,
  operation: string,
  size: number,
  { seconds, usage }: Measured,
): string[] {
  const key = `${operation} ${size}`
  const reference = references[key]
  const goal = goals[key]
  const ratio = reference ? seconds / reference.seconds : undefined
  const memory = reference?.megabytes ? `, ${reference.megabytes} MB` : ''
  return [
    name,
    size.toLocaleString('en'),
    `${seconds.toFixed(2)} s`,
    usage ? `${usage.cpuSeconds.toFixed(1)} s` : '–',
    usage ? `${Math.round(usage.megabytes)} MB` : '–',
    reference ? `${reference.seconds} s${memory}` : '–',
    ratio === undefined ? '–' : ratio.toFixed(2),
    goal === undefined ? '–' : `≤ ${goal.toFixed(2)}${(ratio ?? 0) <= goal ? ' ✓' : ' ✗'}`,
  ]
}

function runCli(cli: string): Runner {
  return async (operation, dir) => {
    const state = join(dir, 'cli-state')
    const env = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: 'bench',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
    }
    const options = { cwd: dir, env }
    if (operation === 'up') {
      mkdirSync(state, { recursive: true })
      await measure(cli, ['stack', 'init', 'bench', '--non-interactive'], options)
      const flags = ['--yes', '--skip-preview', '--non-interactive', '--stack', 'bench']
      return measure(cli, ['up', ...flags], options)
    }
    return measure(cli, ['preview', '--non-interactive', '--stack', 'bench'], options)
  }
}

const twilioProgram = (size: number) => `
import * as twilio from '@pulumi/twilio'
const workspace = new twilio.taskrouter.Workspace('bench', { friendlyName: 'bench ${size}' })
for (let i = 1; i < ${size}; i++) {
  new twilio.taskrouter.Worker('worker-' + i, {
    workspaceSid: workspace.sid,
    friendlyName: 'worker-' + i,
    attributes: { languages: ['en'], skills: ['billing'], contact_uri: 'client:w' + i },
  })
}
`

function findOnPath(name: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not here; the search goes on.
    }
  }
  return undefined
}
