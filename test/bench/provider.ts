import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { createWallClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createTwilio, serveTwilio } from '../../local/twilio/index.ts'
import { connectProvider } from '../provider/engine/provider-connection.ts'
import { idleProgram, type Measured, measureEmbedded, writeProject } from './bench-project.ts'
import type { BenchTable } from './table.ts'

const size = 500
const latencyMs = 50
const starts = 7

type Case = {
  readonly name: string
  readonly measured: Measured
  readonly requests: number
  /** What the time and the memory are compared with. */
  readonly against?: Measured
}

/**
 * A preview and a refresh without changes of 500 resources: by lists, one by one, and beside a provider that does nothing; and the
 * start of the provider's process to its first answer.
 */
export async function benchProvider(): Promise<BenchTable> {
  const started = await startTimes()
  const { accountSid, authToken } = demoAccount
  const twilio = createTwilio({ clock: createWallClock(), accountSid, authToken })
  let requests = 0
  const server = await serveTwilio({
    port: 0,
    twilio: {
      ...twilio,
      fetch(request) {
        requests++
        return twilio.fetch(request)
      },
    },
  })
  const dir = writeProject('twilio', twilioProgram, server.url)
  const idleDir = writeProject('idle', idleProgram(size), server.url)
  const counted = async (work: Promise<Measured>) => {
    const before = requests
    const measured = await work
    return { measured, requests: requests - before }
  }
  try {
    await measureEmbedded('up', dir)
    await measureEmbedded('up', idleDir)
    const idlePreview = await measureEmbedded('preview', idleDir)
    const idleRefresh = await measureEmbedded('refresh', idleDir)
    twilio.setFaults({ delayMs: latencyMs })
    const preview = await counted(measureEmbedded('preview', dir))
    const off = { TWILIO_LIST_READS: 'off' }
    const single = await counted(measureEmbedded('refresh', dir, off))
    const listed = await counted(measureEmbedded('refresh', dir))
    return {
      title: `Provider: ${size} resources without changes, each request to Twilio takes ${latencyMs} ms`,
      columns: ['case', 'time', 'ratio', 'requests', 'memory of the provider', 'ratio'],
      rows: [
        row({ name: 'preview, a provider that does nothing', measured: idlePreview, requests: 0 }),
        row({ name: 'preview', ...preview, against: idlePreview }),
        row({ name: 'refresh, a provider that does nothing', measured: idleRefresh, requests: 0 }),
        row({ name: 'refresh, one by one', ...single, against: idleRefresh }),
        row({ name: 'refresh by lists', ...listed, against: idleRefresh }),
        startRow('start, a provider that does nothing', started.idle, undefined),
        startRow('start', started.twilio, started.idle),
      ],
      notes: [
        'Each operation by the embedded engine in a process of its own; ratios are against the provider that does nothing.',
        `Refresh by lists takes ${ratio(listed.measured.seconds, single.measured.seconds)} of the time of one by one, and ${ratio(listed.requests, single.requests)} of its requests.`,
        `Start: from the start of the process to its first answer, the median of ${starts}; wanted: under 250 ms.`,
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
    rmSync(idleDir, { recursive: true, force: true })
    twilio.close()
    await server.close()
  }
}

function row({ name, measured, requests, against }: Case): string[] {
  const [memory, usual] = [measured, against].map((one) => one && providerMegabytes(one))
  return [
    name,
    `${measured.seconds.toFixed(2)} s`,
    against ? ratio(measured.seconds, against.seconds) : '–',
    String(requests),
    memory === undefined ? '–' : `${memory.toFixed(0)} MB`,
    memory === undefined || usual === undefined ? '–' : ratio(memory, usual),
  ]
}

function startRow(name: string, milliseconds: number, against: number | undefined): string[] {
  const compared = against === undefined ? '–' : ratio(milliseconds, against)
  return [name, `${milliseconds.toFixed(0)} ms`, compared, '–', '–', '–']
}

function ratio(a: number, b: number): string {
  return (a / b).toFixed(2)
}

function providerMegabytes({ usage }: Measured): number | undefined {
  const found = [...(usage?.processes ?? [])].find(([command]) =>
    command.includes('pulumi-resource-'),
  )
  return found?.[1]
}

/** Medians of both providers, which are started in turn. */
async function startTimes() {
  const twilio = resolve(import.meta.dirname, '../../provider/pulumi-resource-twilio')
  const idle = join(import.meta.dirname, 'idle-provider.ts')
  const times = { twilio: [] as number[], idle: [] as number[] }
  // The first start fills the compile cache.
  for (let i = 0; i <= starts; i++) {
    const [one, other] = [await timeStart([twilio, '127.0.0.1:1']), await timeStart([idle])]
    if (i === 0) continue
    times.twilio.push(one)
    times.idle.push(other)
  }
  return { twilio: median(times.twilio), idle: median(times.idle) }
}

async function timeStart(command: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...process.env }
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(createInterface(child.stdout), 'line')
  const provider = connectProvider(Number(port))
  await provider.call((client, done) => client.getPluginInfo(new emptyProto.Empty(), done))
  const took = performance.now() - startedAt
  provider.disconnect()
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
  return took
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

const twilioProgram = `
import * as twilio from '@pulumi/twilio'
const { sid: workspaceSid } = new twilio.taskrouter.Workspace('bench', { friendlyName: 'bench' })
for (let i = 1; i < ${size}; i++) {
  const friendlyName = 'number ' + i
  if (i % 10 < 6) {
    const attributes = { languages: ['en'], skills: ['billing'], contact_uri: 'client:w' + i }
    new twilio.taskrouter.Worker(friendlyName, { workspaceSid, friendlyName, attributes })
  } else if (i % 10 < 9) {
    const targetWorkers = 'languages HAS "en" AND number == ' + i
    new twilio.taskrouter.TaskQueue(friendlyName, { workspaceSid, friendlyName, targetWorkers })
  } else new twilio.taskrouter.Activity(friendlyName, { workspaceSid, friendlyName })
}
`
