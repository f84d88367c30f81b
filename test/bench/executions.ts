import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTestClock, type TestClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createTwilio, type Twilio } from '../../local/twilio/index.ts'
import { createTemplates } from '../../local/twilio/studio/execution/liquid.ts'
import type { BenchTable } from './table.ts'

const { accountSid, authToken } = demoAccount
const from = '+12025550100'
const template = '{{flow.variables.n | plus: 1}}'
// REST may start twenty a second.
const startEveryMs = 50
const stretch = 10_000

type Centre = { readonly twilio: Twilio; readonly clock: TestClock }

/** What a step of a flow costs, whether that grows with the steps or with other executions, and what is kept of those that are over. */
export async function benchExecutions(): Promise<BenchTable> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const clock = createTestClock()
  const twilio = createTwilio({ clock, accountSid, authToken, segmentsPerSecond: 1_000 })
  const centre = { twilio, clock }
  await ask(twilio, `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers.json`, {
    PhoneNumber: from,
  })
  const bareUs = bareLoop(clock, 20_000)
  const rows: string[][] = [['the template alone, in a bare loop', '', '', us(bareUs), '1.0', '']]
  const empty = await publish(twilio, 0)
  await measure(centre, empty, 500)
  const startUs = await measure(centre, empty, 500)
  const add = (name: string, steps: number, eachUs: number, heap = '') => {
    const stepUs = (eachUs - startUs) / steps
    const ratio = steps === 0 ? ['', ''] : [us(stepUs), (stepUs / bareUs).toFixed(1)]
    rows.push([name, String(steps), us(eachUs), ...ratio, heap])
  }
  add('a start by REST, and the end', 0, startUs)
  for (const [steps, times] of [
    [10, 500],
    [100, 100],
    [990, 20],
  ] as const) {
    const flow = await publish(twilio, steps)
    add('an execution', steps, await measure(centre, flow, times))
  }
  const ten = await publish(twilio, 10)
  const waiting = await publish(twilio, 0, true)
  for (let others = 0; others < 8_000; ) {
    others += await begin(centre, waiting, 4_000, others)
    add(`beside ${others} that wait`, 10, await measure(centre, ten, 500))
  }
  for (let done = stretch; done <= 4 * stretch; done += stretch) {
    const eachUs = await measure(centre, ten, stretch)
    collect()
    const heap = `${(process.memoryUsage().heapUsed / 1e6).toFixed(0)} MB`
    add(`the next ${stretch}`, 10, eachUs, heap)
  }
  twilio.close()
  return {
    title: 'Executions of Studio flows: set-variables widgets one after another',
    columns: ['', 'steps', 'µs an execution', 'µs a step', '× bare', 'heap'],
    rows,
    notes: [
      'µs of processor time, the REST request that starts the execution included; a step without what a start costs',
      'heap after a collection; the latest 10,000 executions that are over are kept for REST',
    ],
  }
}

/** Fills the template in as often, without a flow around it. */
function bareLoop(clock: TestClock, times: number): number {
  const templates = createTemplates(clock)
  const run = () => {
    let n = '0'
    for (let i = 0; i < times; i++) n = templates.fill(template, { flow: { variables: { n } } })
  }
  run()
  return processorUs(run) / times
}

/** Microseconds of processor time that one of so many executions takes, from its start to its end. */
async function measure({ twilio, clock }: Centre, flow: string, times: number): Promise<number> {
  let used = 0
  for (let i = 0; i < times; i++) {
    await clock.advance(startEveryMs)
    const before = process.cpuUsage()
    const { status } = await start(twilio, flow, '+12025550123')
    const { user, system } = process.cpuUsage(before)
    used += user + system
    if (status !== 'ended') throw new Error(`an execution is ${status}`)
  }
  return used / times
}

/** Begins executions that wait for a reply. */
async function begin({ twilio, clock }: Centre, flow: string, count: number, first: number) {
  for (let i = first; i < first + count; i++) {
    await clock.advance(startEveryMs)
    const { status } = await start(twilio, flow, `+1302${String(5_550_000 + i)}`)
    if (status !== 'active') throw new Error(`an execution is ${status}`)
  }
  return count
}

function start(twilio: Twilio, flow: string, to: string) {
  return ask(twilio, `/studio.twilio.com/v2/Flows/${flow}/Executions`, { To: to, From: from })
}

/** A flow of so many steps, the trigger's not counted; or one that waits for a reply. */
async function publish(twilio: Twilio, steps: number, waits = false): Promise<string> {
  const properties = { variables: [{ key: 'n', value: template }] }
  const sets = Array.from({ length: steps }, (_, i) => ({
    name: `set${i}`,
    type: 'set-variables',
    properties,
    transitions: [{ event: 'next', ...(i + 1 < steps && { next: `set${i + 1}` }) }],
  }))
  const wait = {
    name: 'wait',
    type: 'send-and-wait-for-reply',
    properties: { from, body: 'Well?', timeout: '2592000' },
    transitions: [],
  }
  const [first] = waits ? [wait] : sets
  const trigger = {
    name: 'Trigger',
    type: 'trigger',
    properties: {},
    transitions: [{ event: 'incomingRequest', ...(first && { next: first.name }) }],
  }
  const states = waits ? [trigger, wait] : [trigger, ...sets]
  const { sid } = await ask(twilio, '/studio.twilio.com/v2/Flows', {
    FriendlyName: 'Bench',
    Status: 'published',
    Definition: JSON.stringify({ states, initial_state: 'Trigger' }),
  })
  return String(sid)
}

async function ask(
  twilio: Twilio,
  path: string,
  form: Record<string, string>,
): Promise<Record<string, unknown>> {
  const request = new Request(`http://local${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    body: new URLSearchParams(form),
  })
  const response = await twilio.fetch(request)
  const body = (await response.json()) as Record<string, unknown>
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body['message']}`)
  return body
}

function processorUs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

function us(value: number): string {
  return value.toFixed(1)
}
