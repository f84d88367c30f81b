import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { HuntView } from '../../schemas/index.ts'
import { startCentre, type TestCentre } from './centre.ts'
import { copyProject } from './project-copy.ts'

/** What `POST /hunts` takes, as far as tests say it. */
export type HuntBody = Readonly<Record<string, unknown>>

/** A centre with a customer in a conference, for whom hunts are started. */
export type HuntingCentre = {
  readonly centre: TestCentre
  /** Everybody available, phones that answer after a second, a new conference with a customer in it. */
  reset(): Promise<void>
  readonly conference: () => string
  readonly customerCallSid: () => string
  workerSid(name: string): string
  tiers(...tiers: readonly (readonly string[])[]): { seconds: number; workers: string[] }[]
  start(body: HuntBody): Promise<HuntView>
  show(id: string): Promise<HuntView>
  /** Answers an offer; returns the result. */
  answer(id: string, name: string, answer: 'accept' | 'reject'): Promise<string>
  move(name: string, activity: string): Promise<void>
  /** Names of those who have a pending reservation, in order. */
  offered(): string[]
  /** Addresses of the agents' legs that are alive, and how. */
  legs(): string[]
  seconds(count: number): Promise<void>
  stop(): Promise<void>
}

const customer = '+12025550123'

/** A tier by the names of its agents. */
type Tier = { readonly seconds: number; readonly workers: readonly string[] }

/**
 * Starts the centre; `reset` before each test. With `declared`, these tiers are hunt groups of the stack, and a hunt that gives
 * the same ones is started by the name of the group instead.
 */
export async function startHuntingCentre(
  declared: readonly (readonly Tier[])[] = [],
): Promise<HuntingCentre> {
  const project = declared.length > 0 ? await copyProject() : undefined
  await project?.edit(
    'Pulumi.local.yaml',
    '  switchboard:huntGroups:',
    [
      '  switchboard:huntGroups:',
      ...declared.map((tiers, i) => `    - ${JSON.stringify({ name: `group_${i}`, tiers })}`),
    ].join('\n'),
  )
  const centre = await startCentre(project ? { projectDir: project.dir } : {})
  let conference = ''
  let customerCallSid = ''
  let count = 0
  const { workspaceSid } = await centre.engine.outputs()
  const workspace = centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
  const view = () => centre.twilio.view()
  const worker = (name: string) => {
    const found = view().workers.find(({ friendlyName }) => friendlyName === name)
    assert.ok(found, `worker ${name}`)
    return found
  }
  const withSids = (tiers: readonly Tier[]) =>
    tiers.map(({ seconds, workers }) => ({
      seconds,
      workers: workers.map((name) => worker(name).sid),
    }))
  const hunting: HuntingCentre = {
    centre,
    conference: () => conference,
    customerCallSid: () => customerCallSid,
    async reset() {
      for (const { friendlyName } of view().workers) {
        await hunting.move(friendlyName, 'Available')
        const address = `client:${friendlyName}`
        centre.twilio.phones.setProfile({ address, outcome: 'answer', afterSeconds: 1 })
      }
      centre.twilio.phones.setProfile({ address: customer, outcome: 'answer', afterSeconds: 1 })
      conference = `room_${++count}`
      const participant = await centre.sdk.conferences(conference).participants.create({
        from: '+12025550100',
        to: customer,
        conferenceStatusCallback: 'https://calls.example.com/call-status',
        conferenceStatusCallbackEvent: ['start', 'end', 'join', 'leave'],
      })
      customerCallSid = participant.callSid
      await centre.clock.advance(1_000)
    },
    workerSid: (name) => worker(name).sid,
    tiers: (...tiers) => withSids(tiers.map((workers) => ({ seconds: 20, workers }))),
    async start({ tiers, ...body }) {
      const group = declared.findIndex((own) => isDeepStrictEqual(withSids(own), tiers))
      assert(declared.length === 0 || group >= 0, 'these tiers are declared')
      const answer = await centre.backOffice<HuntView>('POST', '/hunts', {
        ...{ conference, customerCallSid },
        ...body,
        ...(group < 0 ? { tiers } : { group: `group_${group}` }),
      })
      assert.equal(answer.status, 201, JSON.stringify(answer.body))
      await centre.clock.advance(0)
      return answer.body
    },
    async show(id) {
      const { body } = await centre.backOffice<HuntView>('GET', `/hunts/${id}`)
      return body
    },
    async answer(id, name, answer) {
      const path = `/hunts/${id}/offers/${worker(name).sid}`
      const { body } = await centre.backOffice<{ result: string }>('POST', path, { answer })
      await centre.clock.advance(0)
      return body.result
    },
    async move(name, activity) {
      const activitySid = view().activities.find(
        ({ friendlyName }) => friendlyName === activity,
      )?.sid
      await workspace.workers(worker(name).sid).update({ activitySid })
      await centre.clock.advance(0)
    },
    offered: () =>
      view()
        .workers.filter(({ reservations }) =>
          reservations.some(({ status }) => status === 'pending'),
        )
        .map(({ friendlyName }) => friendlyName)
        .sort(),
    legs: () =>
      view()
        .calls.filter(({ to, endedAt }) => endedAt === null && to.startsWith('client:'))
        .map(({ to, status }) => `${to.slice('client:'.length)} ${status}`),
    seconds: (amount) => centre.clock.advance(amount * 1_000),
    async stop() {
      await centre.stop()
      await project?.remove()
    },
  }
  return hunting
}
