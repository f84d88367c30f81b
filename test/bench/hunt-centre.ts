import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAzurite } from '../../local/azurite.ts'
import { type Centre, openCentre } from '../../local/centre.ts'
import { createWallClock } from '../../local/clock.ts'
import { demoAccount } from '../../local/demo-account.ts'
import { functionsInChild } from '../../local/functions-child.ts'
import { projectDir } from '../../local/paths.ts'
import { portsFrom } from '../../local/ports.ts'
import type { HuntView } from '../../schemas/index.ts'

const { accountSid, authToken } = demoAccount
const callerId = '+12025550100'
const callsPath = `/2010-04-01/Accounts/${accountSid}`

/** A centre as `npm start` runs it, functions and storage in processes of their own, with as many agents as wanted. */
export type HuntCentre = {
  readonly twilio: Centre['twilio']
  /** SIDs of the agents, all available; their phones are `client:agent_0` … */
  readonly agents: readonly string[]
  /** Rings a customer into a conference of their own. */
  ringCustomer(room: string): Promise<{ conference: string; customerCallSid: string }>
  start(body: Readonly<Record<string, unknown>>): Promise<HuntView>
  cancel(id: string): Promise<HuntView>
  /** Undefined when the functions failed. */
  show(id: string): Promise<HuntView | undefined>
  /** False when the functions failed, and it is to be tried again. */
  answer(id: string, workerSid: string, answer: 'accept' | 'reject'): Promise<boolean>
  stop(): Promise<void>
}

/** Starts it on the wall clock; REST dials that many legs a second. */
export async function startHuntCentre(
  agentCount: number,
  dialsPerSecond = 30,
): Promise<HuntCentre> {
  const stateDir = await mkdtemp(join(tmpdir(), 'hunt-bench-'))
  const azurite = await startAzurite({ folder: join(stateDir, 'azurite') })
  const centre = await openCentre({
    projectDir,
    stack: 'local',
    stateDir,
    clock: createWallClock(),
    ports: portsFrom(0),
    storage: Promise.resolve(azurite.connectionString),
    sayMsPerCharacter: 0,
    dialsPerSecond: { calls: dialsPerSecond, participants: dialsPerSecond },
    startFunctions: functionsInChild(join(stateDir, 'functions.log'), (text) => console.log(text)),
  })
  await centre.deploy()
  const agents = await hireAgents(centre, agentCount)

  async function backOffice<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await fetch(centre.functionsUrl + path, {
      method,
      headers: { 'x-functions-key': centre.backOfficeKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
    return JSON.parse(text) as Body
  }

  return {
    twilio: centre.twilio,
    agents,
    async ringCustomer(room) {
      const path = `${callsPath}/Conferences/${room}/Participants.json`
      const form = {
        From: callerId,
        To: '+12025550123',
        ConferenceStatusCallback: `${centre.functionsUrl}/call-status`,
        ConferenceStatusCallbackEvent: 'leave end',
      }
      const { call_sid: customerCallSid } = await ask(centre, path, form)
      return { conference: room, customerCallSid: String(customerCallSid) }
    },
    start: (body) => backOffice('POST', '/hunts', body),
    cancel: (id) => backOffice('POST', `/hunts/${id}/cancel`, { reason: 'only for practice' }),
    show: (id) => backOffice<HuntView>('GET', `/hunts/${id}`).catch(() => undefined),
    answer: (id, workerSid, answer) =>
      backOffice('POST', `/hunts/${id}/offers/${workerSid}`, { answer }).then(
        () => true,
        () => false,
      ),
    async stop() {
      await centre.stop()
      await azurite.stop()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
}

async function hireAgents(centre: Centre, count: number): Promise<string[]> {
  const { workspaceSid } = await centre.engine.outputs()
  const workspace = `/v1/Workspaces/${workspaceSid}`
  const available = centre.twilio
    .view()
    .activities.find(({ friendlyName }) => friendlyName === 'Available')
  // Nobody need hear of each agent's coming.
  const { event_callback_url: callback } = await ask(centre, workspace)
  await ask(centre, workspace, { EventCallbackUrl: '' })
  const sids: string[] = []
  for (let i = 0; i < count; i++) {
    const { sid } = await ask(centre, `${workspace}/Workers`, {
      FriendlyName: `agent_${i}`,
      ActivitySid: available?.sid ?? '',
      Attributes: JSON.stringify({ contact_uri: `client:agent_${i}` }),
    })
    sids.push(String(sid))
  }
  await ask(centre, workspace, { EventCallbackUrl: String(callback) })
  return sids
}

async function ask(
  { twilio }: Centre,
  path: string,
  form?: Readonly<Record<string, string>>,
): Promise<Record<string, unknown>> {
  const response = await twilio.fetch(
    new Request(`http://local${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
      ...(form && { body: new URLSearchParams(form) }),
    }),
  )
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}
