import type { WebSocket } from 'ws'
import { InvalidInput } from '../../schemas/index.ts'
import type { ChangeDesk } from '../change.ts'
import type { Twilio } from '../twilio/contract.ts'
import type { HuntFeed } from './hunt-feed.ts'
import type { Hunts } from './hunts.ts'
import type { Incidents } from './incidents.ts'
import {
  type ConsoleMessage,
  type ConsoleRequest,
  consoleRequests,
  type RequestResult,
} from './messages.ts'
import type { StateFeed } from './state-feed.ts'
import type { WorkerCommands } from './worker-commands.ts'
import type { WrapUps } from './wrap-ups.ts'

/** What a session works on. */
export type SessionOptions = {
  readonly socket: WebSocket
  readonly twilio: Twilio
  readonly workers: WorkerCommands
  readonly wrapUps?: WrapUps
  readonly hunts?: Hunts
  readonly huntFeed?: Pick<HuntFeed, 'touch'>
  readonly incidents?: Incidents
  readonly incidentFeed?: Pick<HuntFeed, 'tellAgain'>
  readonly changes?: ChangeDesk
  /** Reads again what is deployed. */
  readonly takeOver?: () => Promise<void>
  readonly feed: Pick<StateFeed, 'attendance' | 'wrapUpExtended'>
}

// Of one phone; the rest is in the messages of the account.
const SHOWN_TEXTS = 50

// What has an answer.
type Told = 'call' | 'text' | 'thread' | 'olderIncidents' | 'answerOffer'

/** Serves one page until its socket closes; then the phones it attended act by themselves again. */
export function startSession(options: SessionOptions): void {
  const { socket, twilio, workers, wrapUps, hunts, huntFeed, changes, takeOver, feed } = options
  const attended = new Map<string, { leave(): void }>()
  // Figures may change by it although no hunt does.
  const toIncident = async (work: Promise<void> | undefined) => {
    await work
    options.incidentFeed?.tellAgain()
  }
  const send = (message: ConsoleMessage) => socket.send(JSON.stringify(message))

  async function extendWrapUp(taskSid: string): Promise<void> {
    if (wrapUps) feed.wrapUpExtended(taskSid, await wrapUps.extend(taskSid))
  }

  async function cancelHunt(huntId: string): Promise<void> {
    await hunts?.cancel(huntId, 'cancelled on the page')
    huntFeed?.touch()
  }

  function take(address: string): void {
    if (attended.has(address)) return
    attended.set(address, twilio.phones.attend(address))
    feed.attendance(address, 1)
  }

  function leave(address: string): void {
    const seat = attended.get(address)
    if (!seat) return
    attended.delete(address)
    seat.leave()
    feed.attendance(address, -1)
  }

  async function carryOut(request: ConsoleRequest): Promise<RequestResult> {
    switch (request.kind) {
      case 'call':
        return { callSid: twilio.phones.call({ from: request.from, to: request.to }) }
      case 'text':
        twilio.phones.text({ from: request.from, to: request.to, body: request.body })
        return {}
      case 'thread':
        return { texts: twilio.phones.thread(request.address).slice(-SHOWN_TEXTS) }
      case 'olderIncidents':
        return { incidents: await options.incidents?.olderThan(request.than) }
      case 'answerOffer': {
        const { huntId, workerSid, answer } = request
        const offer = await hunts?.answerOffer(huntId, workerSid, answer)
        huntFeed?.touch()
        return { offer }
      }
      default:
        await act(request)
        return {}
    }
  }

  function act(request: Exclude<ConsoleRequest, { kind: Told }>): void | Promise<void> {
    switch (request.kind) {
      case 'press':
        return twilio.phones.press(request.callSid, request.digits)
      case 'hangUp':
        return twilio.phones.hangUp(request.callSid)
      case 'answer':
        return twilio.phones.answer(request.callSid)
      case 'decline':
        return twilio.phones.decline(request.callSid)
      case 'take':
        return take(request.address)
      case 'leave':
        return leave(request.address)
      case 'setActivity':
        return workers.setActivity(request.workerSid, request.activitySid)
      case 'endWrapUp':
        return wrapUps?.end(request.taskSid)
      case 'extendWrapUp':
        return extendWrapUp(request.taskSid)
      case 'cancelHunt':
        return cancelHunt(request.huntId)
      case 'createIncident':
        return toIncident(options.incidents?.create(request.description))
      case 'resolveIncident':
        return toIncident(options.incidents?.resolve(request.incidentId))
      case 'takeOver':
        return takeOver?.()
      case 'applyChange':
        return changes?.apply()
      case 'ignoreChange':
        return changes?.ignore()
      default:
        throw new Error(`unknown request ${JSON.stringify(request satisfies never)}`)
    }
  }

  socket.on('message', async (data) => {
    let id = 0
    try {
      const raw = parseJson(String(data))
      id = idOf(raw)
      send({ kind: 'done', id, ...(await carryOut(parseRequest(raw))) })
    } catch (error) {
      send({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) })
    }
  })
  socket.on('close', () => {
    for (const address of [...attended.keys()]) leave(address)
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidInput('request', [{ path: '', message: 'is not JSON' }])
  }
}

function idOf(raw: unknown): number {
  return typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number'
    ? raw.id
    : 0
}

function parseRequest(raw: unknown): ConsoleRequest {
  const kind = typeof raw === 'object' && raw !== null && 'kind' in raw ? raw.kind : undefined
  const schema = Object.entries(consoleRequests).find(([name]) => name === kind)?.[1]
  if (!schema) {
    const known = Object.keys(consoleRequests).join(', ')
    throw new InvalidInput('request', [{ path: 'kind', message: `must be one of ${known}` }])
  }
  return schema.parse(raw)
}
