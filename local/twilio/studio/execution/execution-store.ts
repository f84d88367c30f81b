import type { Clock, Timer } from '../../../clock.ts'
import type { Execution } from './execution.ts'

/** The account's executions: live ones, and those that are over as long as there is room. */
export interface ExecutionStore {
  get(sid: string): Execution | undefined
  add(execution: Execution): void
  /** Says that its call or its conversation is another one now. */
  moved(execution: Execution): void
  /** Says that it is over, and what it weighs. */
  ended(execution: Execution): void
  delete(sid: string): void
  /** Newest first. */
  ofFlow(flowSid: string): readonly Execution[]
  /** Active ones of that contact in that flow, oldest first; a conversation is a contact too. */
  active(flowSid: string, contact: string): readonly Execution[]
  /** The active one that acts on that call in that flow. */
  ofCall(flowSid: string, callSid: string): Execution | undefined
  values(): Iterable<Execution>
  close(): void
}

const LIFE_MS = 30 * 24 * 60 * 60 * 1_000
// What is over is kept for those who read it over REST; a centre that runs for days need not keep all.
const MOST_KEPT = 10_000
const MOST_KEPT_CHARACTERS = 32_000_000
// What a step holds besides its texts.
const STEP_CHARACTERS = 300

/** No executions. `expired` hears of one that has lived for thirty days, before it is forgotten. */
export function createExecutionStore(
  clock: Clock,
  expired: (execution: Execution) => void,
): ExecutionStore {
  // In order of their start.
  const all = new Map<string, Execution>()
  const active = createActiveExecutions()
  const over = new Map<string, number>()
  let characters = 0
  let timer: Timer | undefined

  const forget = (sid: string) => {
    const execution = all.get(sid)
    if (execution) active.delete(execution)
    all.delete(sid)
    characters -= over.get(sid) ?? 0
    over.delete(sid)
  }
  const arm = () => {
    const [oldest] = all.values()
    if (timer || !oldest) return
    timer = clock.schedule(oldest.startedAt + LIFE_MS, () => {
      timer = undefined
      for (const execution of all.values()) {
        if (execution.startedAt + LIFE_MS > clock.now()) break
        expired(execution)
        forget(execution.sid)
      }
      arm()
    })
  }
  return {
    get: (sid) => all.get(sid),
    add(execution) {
      all.set(execution.sid, execution)
      if (execution.status === 'active') active.add(execution)
      else weigh(execution)
      arm()
    },
    ended(execution) {
      active.delete(execution)
      if (all.has(execution.sid)) weigh(execution)
    },
    delete: forget,
    ofFlow: (flowSid) => [...all.values()].filter((each) => each.flowSid === flowSid).reverse(),
    moved: active.moved,
    active: (flowSid, contact) => [...active.at(flowSid, contact)],
    ofCall: (flowSid, callSid) => [...active.at(flowSid, callSid)][0],
    values: () => all.values(),
    close: () => timer?.cancel(),
  }

  function weigh(execution: Execution): void {
    const weight = execution.steps.reduce((sum, step) => sum + STEP_CHARACTERS + lengthOf(step), 0)
    over.set(execution.sid, weight)
    characters += weight
    for (const sid of over.keys()) {
      if (over.size <= MOST_KEPT && characters <= MOST_KEPT_CHARACTERS) break
      forget(sid)
    }
  }
}

/** Active executions, found by their contact, their conversation or their call without a look at the others. */
function createActiveExecutions() {
  const keys = new Map<Execution, ReadonlySet<string>>()
  const found = new Map<string, Set<Execution>>()
  // Under a key that it keeps, it keeps its place among the others: they stand in order of their start.
  const file = (execution: Execution, now: ReadonlySet<string>) => {
    for (const key of keys.get(execution) ?? []) {
      if (now.has(key)) continue
      const there = found.get(key)
      there?.delete(execution)
      if (there?.size === 0) found.delete(key)
    }
    for (const key of now) {
      const there = found.get(key)
      if (there) there.add(execution)
      else found.set(key, new Set([execution]))
    }
    keys.set(execution, now)
  }
  return {
    at: (flowSid: string, address: string): Iterable<Execution> =>
      found.get(`${flowSid} ${address}`) ?? [],
    add: (execution: Execution) => file(execution, keysOf(execution)),
    moved(execution: Execution) {
      // It may have ended while somebody was asked.
      if (keys.has(execution)) file(execution, keysOf(execution))
    },
    delete(execution: Execution) {
      file(execution, new Set())
      keys.delete(execution)
    },
  }
}

function keysOf({ flowSid, contact, conversationSid, callSid }: Execution): ReadonlySet<string> {
  const addresses = [contact, conversationSid, callSid].filter((each) => each !== null)
  return new Set(addresses.map((address) => `${flowSid} ${address}`))
}

/** Characters of the texts within a value. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  let length = 0
  for (const each of Object.values(value)) length += 10 + lengthOf(each)
  return length
}
