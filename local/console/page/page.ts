import type {
  HuntView,
  IncidentMetrics,
  IncidentView,
  OfferResult,
} from '../../../schemas/index.ts'
import {
  createDesk,
  createHuntBoard,
  createIncidentBoard,
  createQueueBoard,
  type DeskActions,
  type DeskState,
  element,
  type IncidentActions,
  keyedList,
  setAttribute,
  setText,
  show,
} from '../../../web/index.ts'
import type { ConsoleMessage, ConsoleState, RequestResult } from '../messages.ts'
import { createCallerPhone } from './caller-phone.ts'
import { customerOf, toDesks, toQueue } from './centre-state.ts'
import { createChangePanel } from './change-panel.ts'
import { connect, type PageRequest } from './connection.ts'
import { createEventLog } from './event-log.ts'
import { createBorrowedPhones, phoneOf } from './incident-phones.ts'
import { createTextPhone } from './text-phone.ts'
import { createTotals } from './totals.ts'

const TICK_MS = 250
const TOAST_MS = 6_000

let state: ConsoleState | undefined
let hunts: readonly HuntView[] = []
let unsentHunts = 0
let incidents: readonly IncidentView[] = []
let metrics: IncidentMetrics | undefined
// To answer too late is no mistake of the agent's, so nobody is told off for it; an empty text shows nothing.
const offerTexts: Readonly<Record<OfferResult, string>> = {
  accepted: '',
  rejected: '',
  'already-taken': 'Somebody else has the seat already.',
  'not-offered': 'The seat is not offered to this agent any more.',
  over: 'The hunt is over.',
}
// The centre may run on another time than this browser; countdowns follow the centre's.
let clockOffsetMs = 0
const mine = new Set<string>()

const connection = connect({
  onMessage: receive,
  onOpen() {
    showConnection('available', 'Live')
    log.clear()
    for (const address of mine) ask({ kind: 'take', address })
    void texts.look()
  },
  onClose: () => showConnection('canceled', 'Reconnecting'),
})

const deskActions: DeskActions = {
  take,
  leave(address) {
    mine.delete(address)
    ask({ kind: 'leave', address })
    draw()
  },
  setActivity: (workerSid, activitySid) => ask({ kind: 'setActivity', workerSid, activitySid }),
  pickUp: (callSid) => ask({ kind: 'answer', callSid }),
  decline: (callSid) => ask({ kind: 'decline', callSid }),
  letRing: (_callSid, address) => take(address),
  hangUp: (callSid) => ask({ kind: 'hangUp', callSid }),
  endWrapUp: (taskSid) => ask({ kind: 'endWrapUp', taskSid }),
  extendWrapUp: (taskSid) => ask({ kind: 'extendWrapUp', taskSid }),
  async answerOffer(huntId, workerSid, answer) {
    const { offer } = (await ask({ kind: 'answerOffer', huntId, workerSid, answer })) ?? {}
    if (offer) showToast(offerTexts[offer], 'news')
  },
}

const borrowed = createBorrowedPhones({ take, leave: (address) => deskActions.leave(address) })
const incidentActions: IncidentActions = {
  createIncident: async (description) =>
    (await ask({ kind: 'createIncident', description })) !== undefined,
  resolveIncident: async (incidentId) =>
    (await ask({ kind: 'resolveIncident', incidentId })) !== undefined,
  olderIncidents: async (than) => (await ask({ kind: 'olderIncidents', than }))?.incidents,
  pickUpPhone(at) {
    borrowed.borrow(at)
    ask({ kind: 'answer', callSid: at.callSid })
  },
  declinePhone: ({ callSid }) => ask({ kind: 'decline', callSid }),
  pressOnPhone(at, digits) {
    borrowed.borrow(at)
    ask({ kind: 'press', callSid: at.callSid, digits })
  },
  hangUpPhone: ({ callSid }) => ask({ kind: 'hangUp', callSid }),
}

const phone = createCallerPhone({
  async call(from, to) {
    const answer = await ask({ kind: 'call', from, to })
    return answer?.callSid
  },
  press: (callSid, digits) => void ask({ kind: 'press', callSid, digits }),
  hangUp: (callSid) => void ask({ kind: 'hangUp', callSid }),
})
const texts = createTextPhone({
  send: async (from, to, body) => (await ask({ kind: 'text', from, to, body })) !== undefined,
  thread: async (address) => (await ask({ kind: 'thread', address }))?.texts ?? [],
})
const board = createQueueBoard()
const deskList = element('div', { class: 'desks' })
const updateDesks = keyedList(
  deskList,
  (desk: DeskState) => desk.workerSid,
  (desk) => createDesk(desk, deskActions),
)
const huntBoard = createHuntBoard({
  answerOffer: deskActions.answerOffer,
  cancelHunt: (huntId) => void ask({ kind: 'cancelHunt', huntId }),
})
const incidentBoard = createIncidentBoard(incidentActions)
const log = createEventLog()
const totals = createTotals(byId('totals'))
const change = createChangePanel(byId('change'), {
  apply: () => ask({ kind: 'applyChange' }),
  ignore: () => ask({ kind: 'ignoreChange' }),
})

byId('phone').append(phone.element)
byId('texts').append(texts.element)
byId('queue').append(board.element)
byId('hunts').append(huntBoard.element)
byId('incidents').append(incidentBoard.element)
byId('desks').append(deskList)
byId('log').append(log.element)
setInterval(draw, TICK_MS)

function receive(message: ConsoleMessage): void {
  if (message.kind === 'state') {
    state = message.state
    clockOffsetMs = state.view.at - Date.now()
    draw()
  } else if (message.kind === 'event') {
    log.add(message.event)
    if (message.event.kind === 'message') void texts.look()
  } else if (message.kind === 'change') {
    change.update(message.change)
  } else if (message.kind === 'hunts') {
    hunts = message.hunts
    unsentHunts = message.unsent
    draw()
  } else if (message.kind === 'incidents') {
    incidents = message.incidents
    metrics = message.metrics
    draw()
  }
}

function draw(): void {
  if (!state) return
  const now = Date.now() + clockOffsetMs
  phone.update(state, now)
  texts.update(state, now)
  board.update(toQueue(state), now)
  const { calls } = state.view
  const numberOf = (callSid: string) => customerOf(callSid, calls)
  huntBoard.update({ hunts, unsent: unsentHunts, customerOf: numberOf }, now)
  borrowed.giveBack(calls)
  show(byId('incidents'), state.tickets !== null)
  const { tickets } = state
  if (tickets) {
    const atPhone = (hunt: IncidentView) => phoneOf(hunt, calls)
    incidentBoard.update({ tickets, hunts: incidents, metrics, phoneOf: atPhone }, now)
  }
  updateDesks(toDesks(state, mine, hunts), now)
  totals.update(state, now)
}

function take(address: string): void {
  mine.add(address)
  ask({ kind: 'take', address })
  draw()
}

/** Sends a request and shows a refusal to the person who caused it. */
async function ask(request: PageRequest): Promise<RequestResult | undefined> {
  try {
    return await connection.send(request)
  } catch (error) {
    showToast(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function showConnection(kind: string, text: string): void {
  setAttribute(byId('connection'), 'data-state', kind)
  setText(byId('connection'), text)
}

function showToast(text: string, tone: 'refusal' | 'news' = 'refusal'): void {
  const toast = byId('toast')
  setAttribute(toast, 'data-tone', tone)
  setText(toast, text)
  setTimeout(() => toast.textContent === text && setText(toast, ''), TOAST_MS)
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no element with id ${id}`)
  return found
}
