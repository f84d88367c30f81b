import type { HuntView } from '../../../schemas/index.ts'
import type { DeskPhase, DeskState, QueuedTask } from '../../../web/index.ts'
import type { ConsoleState } from '../messages.ts'

type View = ConsoleState['view']
type Hunts = readonly HuntView[]
type Worker = View['workers'][number]
type Call = View['calls'][number]
type Task = View['tasks'][number]

/** The desks that a state shows; `mine` are the phones that this page attends. */
export function toDesks(
  state: ConsoleState,
  mine: ReadonlySet<string>,
  hunts: Hunts = [],
): readonly DeskState[] {
  // Twilio lists them as they were made, and a deployment makes them side by side.
  const byName = state.view.workers.toSorted((a, b) => a.friendlyName.localeCompare(b.friendlyName))
  return byName.map((worker) => {
    const address = worker.contactUri
    return {
      workerSid: worker.sid,
      name: worker.friendlyName,
      address,
      abilities: abilitiesOf(worker),
      activitySid: worker.activitySid,
      activityName: worker.activityName,
      available: worker.available,
      activities: state.view.activities,
      attendance: attendanceOf(address, state, mine),
      unattended: address ? (state.unattended[address] ?? null) : null,
      phase: phaseOf(worker, state, hunts),
    }
  })
}

/** Tasks of hunts are shown with the hunt, tier by tier, and wait for nobody in a queue. */
export function isOfHunt({ attributes }: Task): boolean {
  return attributes['hunt_id'] !== undefined
}

/** The rows of the board: longest waiting first among those with the same priority, answered ones last. */
export function toQueue(state: ConsoleState): readonly QueuedTask[] {
  return state.view.tasks
    .filter((task) => !isOfHunt(task))
    .map((task) => ({
      sid: task.sid,
      caller: callerOf(task),
      language: languageOf(task),
      queueName: task.queueName,
      workerName: task.workerName,
      status: task.status,
      priority: task.priority,
      createdAt: task.createdAt,
      tier: tierOf(task, state),
    }))
    .sort(
      (one, other) =>
        Number(isAnswered(one)) - Number(isAnswered(other)) ||
        other.priority - one.priority ||
        one.createdAt - other.createdAt,
    )
}

/** The callers' own legs: what was dialled from outside. Live ones first, then those that ended. */
export function toCallers(state: ConsoleState): readonly Call[] {
  return state.view.calls
    .filter((call) => call.parentCallSid === null && call.direction === 'inbound')
    .sort(
      (one, other) =>
        Number(one.endedAt !== null) - Number(other.endedAt !== null) ||
        one.startedAt - other.startedAt,
    )
}

/** The customer's number in a call, whoever dialled. */
export function customerOf(callSid: string, calls: readonly Call[]): string | null {
  const call = calls.find(({ sid }) => sid === callSid)
  return call ? (call.direction === 'inbound' ? call.from : call.to) : null
}

function isAnswered(task: QueuedTask): boolean {
  return task.status !== 'pending' && task.status !== 'reserved'
}

function tierOf(task: Task, { tierNames }: ConsoleState): QueuedTask['tier'] {
  if (task.tier === null || task.tiers === null) return null
  const names = tierNames[task.workflowName]?.[task.filterName ?? '']
  return {
    number: task.tier,
    of: task.tiers,
    name: names?.[task.tier - 1] ?? null,
    endsAt: task.tierEndsAt,
  }
}

function abilitiesOf(worker: Worker): string {
  const list = (value: unknown) =>
    Array.isArray(value) ? value.map(String).join(', ').replaceAll('_', ' ') : ''
  return [list(worker.attributes['languages']), list(worker.attributes['skills'])]
    .filter(Boolean)
    .join(' · ')
}

function attendanceOf(
  address: string | null,
  state: ConsoleState,
  mine: ReadonlySet<string>,
): DeskState['attendance'] {
  if (!address) return 'nobody'
  if (mine.has(address)) return 'here'
  return state.attended.includes(address) ? 'elsewhere' : 'nobody'
}

function phaseOf(worker: Worker, state: ConsoleState, hunts: Hunts): DeskPhase {
  const { calls, tasks } = state.view
  const leg = calls.find(
    (call) => call.to === worker.contactUri && call.direction !== 'inbound' && !call.endedAt,
  )
  const pending = worker.reservations.find(({ status }) => status === 'pending')
  const busy = worker.reservations.find(({ status }) => status !== 'pending')
  const task = tasks.find(({ sid }) => sid === (busy ?? pending)?.taskSid)
  const hunt = task && hunts.find(({ id }) => id === task.attributes['hunt_id'])
  const customer = hunt ? customerOf(hunt.customerCallSid, calls) : task && callerOf(task)
  const caller = customer ?? leg?.from ?? 'a caller'
  if (leg?.answeredAt) {
    return { kind: 'talking', callSid: leg.sid, caller, since: leg.answeredAt }
  }
  if (leg) return { kind: 'ringing', callSid: leg.sid, caller, endsAt: pending?.timeoutAt ?? null }
  if (pending && hunt) return seatOf(worker, hunt)
  if (pending) return { kind: 'reserved', endsAt: pending.timeoutAt }
  if (task?.status === 'wrapping') {
    return { kind: 'wrap-up', taskSid: task.sid, endsAt: state.wrapUpEndsAt[task.sid] ?? null }
  }
  return { kind: 'idle' }
}

// Its reservation never times out: the hunt says how long the offer stands, and whether it still does.
function seatOf({ sid }: Worker, hunt: HuntView): DeskPhase {
  const asked = hunt.agents.some(({ workerSid, state }) => workerSid === sid && state === 'offered')
  if (!asked || hunt.seat) return { kind: 'reserved', endsAt: null }
  return { kind: 'seat', huntId: hunt.id, endsAt: Date.parse(hunt.tierEndsAt) }
}

function callerOf(task: Task): string {
  const { from } = task.attributes
  return typeof from === 'string' ? from : `Task ${task.sid.slice(0, 8)}…`
}

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })

function languageOf(task: Task): string | null {
  const code = task.attributes['selected_language']
  if (typeof code !== 'string') return null
  try {
    return languageNames.of(code) ?? code
  } catch {
    return code // not a language tag: shown as it is
  }
}
