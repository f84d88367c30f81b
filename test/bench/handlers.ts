import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import twilio from 'twilio'
import { demoAccount } from '../../local/demo-account.ts'
import { hostProgram } from '../../local/host/index.ts'
import { appEnvironment, sids } from '../support/centre-settings.ts'
import type { BenchTable } from './table.ts'

const connections = 10
const seconds = 5
const startRuns = 7

type Form = Readonly<Record<string, string>>

/** Parameters as Twilio sends them. */
const forms: Readonly<Record<string, Form>> = {
  '/incoming-call': {
    CallSid: sids.call,
    AccountSid: demoAccount.accountSid,
    From: '+12025550123',
    Caller: '+12025550123',
    To: '+12025550100',
    Called: '+12025550100',
    CallStatus: 'ringing',
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
    FromCity: 'WASHINGTON',
    FromState: 'DC',
    FromZip: '20001',
    FromCountry: 'US',
    ToCity: '',
    ToState: 'DC',
    ToZip: '',
    ToCountry: 'US',
  },
  '/assignment': {
    Timestamp: '1767603600',
    AccountSid: demoAccount.accountSid,
    WorkspaceSid: sids.workspace,
    WorkflowSid: sids.workflow,
    TaskQueueSid: sids.queue,
    TaskSid: sids.task,
    TaskAge: '12',
    TaskPriority: '5',
    TaskAttributes: JSON.stringify({
      call_sid: sids.call,
      from: '+12025550123',
      to: '+12025550100',
      direction: 'inbound',
      selected_language: 'es',
    }),
    WorkerSid: sids.worker,
    WorkerName: 'alice',
    WorkerAttributes: '{"languages":["en","es"],"skills":[],"contact_uri":"client:alice"}',
    ReservationSid: sids.reservation,
  },
}

/**
 * Requests a second through the local host, signatures checked, against a node:http server that answers the same
 * bytes; and the time from the start of the host's process to its first answer. Each server is its own process.
 */
export async function benchHandlers(): Promise<BenchTable> {
  const host = await start(hostProgram, appEnvironment())
  const rows: string[][] = []
  try {
    for (const [path, form] of Object.entries(forms)) {
      const request = sign(path, form)
      const response = await fetch(host.origin + path, request)
      const bare = await start([fileURLToPath(new URL('bare-server.ts', import.meta.url))], {
        CONTENT_TYPE: response.headers.get('content-type') ?? '',
        BODY: await response.text(),
      })
      const ours = await measure(host.origin + path, request)
      const theirs = await measure(bare.origin + path, request)
      await stop(bare.child)
      rows.push([
        path,
        perSecond(ours),
        `${ours.latency.p99} ms`,
        perSecond(theirs),
        `${theirs.latency.p99} ms`,
        (ours.requests.average / theirs.requests.average).toFixed(2),
      ])
    }
  } finally {
    await stop(host.child)
  }
  const starts = await measureStarts()
  return {
    title: 'Webhook handlers through the local host, signatures checked',
    columns: ['webhook', 'requests/s', 'p99', 'bare node:http', 'p99', 'ratio'],
    rows,
    notes: [
      `${connections} connections for ${seconds} s each, servers in processes of their own. Goal: 5,000/s, p99 under 5 ms.`,
      `First answer after the start of the process: ${starts.median} ms, the fastest ${starts.fastest} ms (${startRuns} starts). Goal: 250 ms.`,
    ],
  }
}

async function measureStarts(): Promise<{ median: number; fastest: number }> {
  const path = '/incoming-call'
  const request = sign(path, forms[path] ?? {})
  const times: number[] = []
  for (let run = 0; run < startRuns; run++) {
    const began = performance.now()
    const { child, origin } = await start(hostProgram, appEnvironment())
    const response = await fetch(origin + path, request)
    await response.text()
    times.push(Math.round(performance.now() - began))
    await stop(child)
  }
  times.sort((a, b) => a - b)
  return { median: times[Math.floor(startRuns / 2)] ?? 0, fastest: times[0] ?? 0 }
}

function sign(path: string, form: Form) {
  const url = `https://centre.example${path}`
  return {
    method: 'POST' as const,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(demoAccount.authToken, url, form),
    },
    body: new URLSearchParams(form).toString(),
  }
}

async function measure(url: string, request: ReturnType<typeof sign>) {
  await autocannon({ url, ...request, connections, duration: 2 })
  const result = await autocannon({ url, ...request, connections, duration: seconds })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`)
  }
  return result
}

function perSecond(result: { requests: { average: number } }): string {
  return Math.round(result.requests.average).toLocaleString('en')
}

async function start(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  if (!child.stdout) throw new Error(`${args.at(-1)} has no output`)
  const [line] = await once(child.stdout, 'data')
  const { origin } = JSON.parse(String(line)) as { origin: string }
  return { child, origin }
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.disconnect()
  await exited
}
