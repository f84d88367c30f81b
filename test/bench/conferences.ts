import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTestClock, type TestClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { createTwilio, type Twilio } from '../../local/twilio/index.ts'
import type { BenchTable } from './table.ts'

const { accountSid, authToken } = demoAccount
const stretch = 5_000
const stretches = 4
const atOnce = 50

/** What a conference of three costs the local Twilio, and whether memory stays flat when thousands have come and gone. */
export async function benchConferences(): Promise<BenchTable> {
  setFlagsFromString('--expose-gc')
  const collect: () => void = runInNewContext('gc')
  const clock = createTestClock()
  const pace = { participants: 1_000 }
  const twilio = createTwilio({ clock, accountSid, authToken, dialsPerSecond: pace })
  const rows: string[][] = []
  for (let done = 0; done < stretch * stretches; done += stretch) {
    const startedAt = performance.now()
    for (let first = done; first < done + stretch; first += atOnce) {
      await holdConferences(twilio, clock, first)
    }
    const ms = (performance.now() - startedAt) / stretch
    collect()
    const heap = process.memoryUsage().heapUsed / 1e6
    rows.push([String(done + stretch), `${ms.toFixed(2)} ms`, `${heap.toFixed(0)} MB`])
  }
  twilio.close()
  return {
    title: 'Conferences: three legs added by REST, answered, recorded; one removed, which ends it',
    columns: ['conferences', 'a conference', 'heap'],
    rows,
    notes: [
      'heap after a collection; the latest 10,000 conferences, calls and recordings are kept for REST',
      'virtual clock; a conference is 5 REST requests',
    ],
  }
}

async function holdConferences(twilio: Twilio, clock: TestClock, first: number): Promise<void> {
  const names = Array.from({ length: atOnce }, (_, index) => `room-${first + index}`)
  const sids: string[] = []
  for (const name of names) {
    for (const label of ['host', 'guest', 'expert']) {
      const added = await ask(twilio, 'POST', `/Conferences/${name}/Participants.json`, {
        From: '+15005550006',
        To: '+12025550111',
        Label: label,
        Record: 'true',
        ConferenceRecord: 'true',
        EndConferenceOnExit: String(label === 'host'),
      })
      if (label === 'host') sids.push(String(added['conference_sid']))
    }
  }
  await clock.advance(2_000)
  for (const sid of sids) {
    const { status } = await ask(twilio, 'GET', `/Conferences/${sid}.json`)
    if (status !== 'in-progress') throw new Error(`conference ${sid} is ${status}`)
    await ask(twilio, 'DELETE', `/Conferences/${sid}/Participants/host.json`)
  }
  await clock.advance(1_000)
}

async function ask(
  twilio: Twilio,
  method: string,
  path: string,
  form?: Record<string, string>,
): Promise<Record<string, unknown>> {
  const request = new Request(`http://local/2010-04-01/Accounts/${accountSid}${path}`, {
    method,
    headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
    ...(form && { body: new URLSearchParams(form) }),
  })
  const response = await twilio.fetch(request)
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
