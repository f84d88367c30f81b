import { type Hunt, type HuntTask, isPending, moveAgent } from './hunt.ts'
import {
  endOffers,
  endTasks,
  finish,
  largestBatch,
  membersOf,
  moveOnIfEmpty,
  resumeTier,
  wantTask,
} from './tiers.ts'

/** What is known of one reservation; a status that ended never changes again. */
export type ReservationFact = {
  readonly workerSid: string
  readonly sid: string
  readonly status: string
}

/** How a task looked when it was looked at. */
export type TaskLook = {
  readonly key: string
  readonly reservations: readonly ReservationFact[]
  /** Workers in an available activity; the others are away. */
  readonly available: readonly string[]
}

// TaskRouter may take a moment to reserve: one look too early must not skip a tier.
const settleMs = 1_000

/** The tasks were looked at: whoever got a reservation is offered, the others are busy or away. */
export function look(hunt: Hunt, { key, reservations, available }: TaskLook, now: number): void {
  const task = hunt.tasks.find((one) => one.key === key)
  if (!task) return
  // In the order in which the tiers name them, for whoever reads the history.
  for (const { sid: workerSid } of hunt.agents) {
    for (const fact of reservations) {
      if (fact.workerSid === workerSid) noteReservation(hunt, key, fact, now)
    }
  }
  if (task.phase !== 'open') return
  task.looks++
  if (!task.waits && task.looks === 1 && task.reservations.length === 0) {
    task.lookAt = now + settleMs
    return
  }
  task.lookAt = null
  if (hunt.state !== 'offering' || hunt.claim) return
  for (const agent of task.workers) {
    const one = hunt.agents[agent]
    if (!one || one.state === 'offered' || isReserved(task, agent)) continue
    moveAgent(hunt, agent, available.includes(one.sid) ? 'busy' : 'away', now)
  }
  endUseless(task)
  waitForOthers(hunt)
  moveOnIfEmpty(hunt, now)
}

/** One reservation is known to have a status. */
export function noteReservation(
  hunt: Hunt,
  key: string,
  { workerSid, sid, status }: ReservationFact,
  now: number,
): void {
  const task = hunt.tasks.find((one) => one.key === key)
  const agent = hunt.agents.findIndex((one) => one.sid === workerSid)
  if (!task || agent < 0) return
  const before = task.reservations.find((one) => one.sid === sid)
  if (before && !mayBecome(before.status, status)) return
  if (before) before.status = status
  else task.reservations.push({ agent, sid, status })
  if (task.phase === 'ending' || hunt.state !== 'offering') return
  if (status === 'accepted') {
    acceptedElsewhere(hunt, agent, task, now)
    return
  }
  if (status === 'pending' && hunt.agents[agent]?.state === 'rejected') {
    // Offered again all the same: rejected again, on the agent's behalf.
    for (const one of task.reservations) if (one.sid === sid) one.status = 'rejecting'
    task.workers = task.workers.filter((other) => other !== agent)
    return
  }
  if (status === 'rejected') {
    moveAgent(hunt, agent, 'rejected', now)
    // TaskRouter may have reserved the agent again before the rejection is heard of here.
    leaveOut(hunt, agent)
  }
  if (hunt.claim) return
  if (status === 'pending') offered(hunt, task, agent, now)
  // TaskRouter has asked the agent again before the end of what it asked first is heard of here.
  else if (hunt.tasks.some((one) => one.phase === 'open' && isPending(one, agent))) return
  else if (status === 'timeout') moveAgent(hunt, agent, 'timedOut', now)
  else if (status === 'canceled') {
    // Alone, or with its task: a look tells.
    moveAgent(hunt, agent, 'rescinded', now)
    task.lookAt = now
    return
  } else if (status !== 'rejected') moveAgent(hunt, agent, 'rescinded', now)
  endUseless(task)
  waitForOthers(hunt)
  moveOnIfEmpty(hunt, now)
}

/** The agent accepts: the first one has the seat, as soon as this hunt's row says so. */
export function accept(hunt: Hunt, agent: number, now: number): void {
  if (hunt.state !== 'offering' || hunt.claim) return
  if (hunt.agents[agent]?.state !== 'offered') return
  const task = hunt.tasks.find((one) => one.phase === 'open' && isPending(one, agent))
  if (task) claimSeat(hunt, agent, task, now)
}

/** The agent rejects: for good, whatever becomes of the reservation. */
export function reject(hunt: Hunt, agent: number, now: number): void {
  const state = hunt.agents[agent]?.state
  if (hunt.state !== 'offering' || hunt.claim || state !== 'offered') return
  moveAgent(hunt, agent, 'rejected', now)
  leaveOut(hunt, agent)
  waitForOthers(hunt)
  moveOnIfEmpty(hunt, now)
}

/** A task ended that nobody here ended. */
export function loseTask(hunt: Hunt, key: string, reason: string, now: number): void {
  const task = hunt.tasks.find((one) => one.key === key)
  if (!task) return
  const expected = task.phase === 'ending' || hunt.claim?.taskKey === key
  if (!expected && hunt.state === 'offering') {
    // By its age or its count TaskRouter gave up; otherwise somebody wanted it.
    const gaveUp = /TTL|assignment count|workflow/i.test(reason)
    const why = `its task was canceled: ${reason || 'no reason given'}`
    finish(hunt, gaveUp ? 'failed' : 'cancelled', why, now)
  }
  hunt.tasks = hunt.tasks.filter((one) => one !== task)
}

/** No task of the hunt asks this agent any more. */
function leaveOut(hunt: Hunt, agent: number): void {
  for (const task of hunt.tasks) {
    for (const one of task.reservations) {
      if (one.agent === agent && one.status === 'pending') one.status = 'rejecting'
    }
    // One that still waits for this agent would offer it as soon as the reservation is rejected.
    const sent = task.phase === 'open' || task.phase === 'begun'
    if (sent && task.reservations.length === 0 && task.workers.includes(agent)) {
      task.phase = 'ending'
      task.why = 'an agent has rejected'
    }
    task.workers = task.workers.filter((other) => other !== agent)
    endUseless(task)
  }
}

function claimSeat(hunt: Hunt, agent: number, task: HuntTask, now: number): void {
  hunt.claim = {
    agent,
    attempt: ++hunt.attempts,
    taskKey: task.key,
    phase: 'accepting',
    callSid: null,
    ends: false,
    lookAt: now,
    leftMs: Math.max(0, hunt.tierEndsAt - now),
    redials: 0,
  }
  moveAgent(hunt, agent, 'accepted', now)
  endOffers(hunt, 'rescinded', now)
  endTasks(hunt, 'the seat is taken', task.key)
}

// Straight at TaskRouter: as good as an acceptance here, unless somebody has the seat or the agent rejected it before.
function acceptedElsewhere(hunt: Hunt, agent: number, task: HuntTask, now: number): void {
  if (hunt.claim) return
  if (hunt.agents[agent]?.state === 'rejected') {
    resumeTier(hunt, agent, hunt.tierEndsAt - now, now)
  } else claimSeat(hunt, agent, task, now)
}

function mayBecome(before: string, status: string): boolean {
  if (before === 'rejecting') return status !== 'pending'
  return before === 'pending' && status !== 'pending'
}

function offered(hunt: Hunt, task: HuntTask, agent: number, now: number): void {
  if (!membersOf(hunt).includes(agent)) return
  if (!task.workers.includes(agent)) task.workers.push(agent)
  // Asked again although nothing changed for the agent: not an offer of its own in the history.
  moveAgent(hunt, agent, 'offered', now)
}

function isReserved(task: HuntTask, agent: number): boolean {
  return task.reservations.some((one) => one.agent === agent)
}

// Whoever was busy or away waits in a task of their own: TaskRouter reserves it as soon as one of them can be asked, and the
// rest of the tier is theirs. Once it is reserved it takes nobody else in, so the others get another one.
function waitForOthers(hunt: Hunt): void {
  if (hunt.state !== 'offering' || hunt.claim) return
  const live = hunt.tasks.filter(({ phase }) => phase !== 'ending')
  if (live.some((task) => !task.waits && (task.phase !== 'open' || task.lookAt !== null))) return
  const asked = (agent: number) => live.some((task) => isPending(task, agent))
  if (!membersOf(hunt).some(asked)) return
  for (const task of live) {
    if (task.reservations.length > 0) task.workers = task.workers.filter(asked)
  }
  const waiting = new Set(live.flatMap(({ workers }) => workers))
  const others = membersOf(hunt).filter((agent) => !asked(agent) && !waiting.has(agent))
  for (let from = 0; from < others.length; from += largestBatch) {
    wantTask(hunt, others.slice(from, from + largestBatch), true)
  }
}

/** A task whose reservations all ended would be offered to the same agents again. */
function endUseless(task: HuntTask): void {
  const { phase, reservations, lookAt } = task
  if (phase !== 'open' || lookAt !== null || reservations.length === 0) return
  if (reservations.some(({ status }) => status === 'pending')) return
  task.phase = 'ending'
  task.why = 'everybody has answered'
}
