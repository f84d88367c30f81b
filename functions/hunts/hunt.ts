import { agentStates, defineSchema, huntFallback, Type, type TypeOf } from '../../schemas/index.ts'

const time = Type.Integer({ minimum: 0, description: 'milliseconds since the Unix epoch' })
const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])
const agentNumber = Type.Integer({ minimum: 0, description: 'index into `agents`' })
const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  Type.Unsafe<Names[number]>({ type: 'string', enum: [...names] })

const agentState = oneOf(...agentStates)

const task = Type.Object({
  /** The same at Twilio, in the attribute `hunt_task`: by it a task is found whose creation was not answered. */
  key: Type.String(),
  sid: orNull(Type.String()),
  /** `begun`: its creation was sent, and nobody knows yet whether it arrived. */
  phase: oneOf('wanted', 'begun', 'open', 'ending'),
  /** Whom it is for. */
  workers: Type.Array(agentNumber),
  /** It waits for agents who were busy or away when the tier began. */
  waits: Type.Boolean(),
  /** When to look at it next. */
  lookAt: orNull(time),
  looks: Type.Integer(),
  /** Why it is to end. */
  why: Type.String(),
  reservations: Type.Array(
    Type.Object({ agent: agentNumber, sid: Type.String(), status: Type.String() }),
  ),
})

const claim = Type.Object({
  agent: agentNumber,
  /** Counts the acceptances of the hunt; news of an earlier one's leg change nothing any more. */
  attempt: Type.Integer(),
  taskKey: Type.String(),
  /** `accepting` at TaskRouter, then the agent's leg. */
  phase: oneOf('accepting', 'wanted', 'begun', 'ringing', 'answered', 'joined', 'over'),
  callSid: orNull(Type.String()),
  /** The leg is to be hung up. */
  ends: Type.Boolean(),
  /** When to look at the leg next. */
  lookAt: time,
  /** What was left of the tier. */
  leftMs: Type.Integer(),
  /** How often the leg was found not to be there, and asked for again. */
  redials: Type.Integer(),
})

const entry = Type.Object({
  at: time,
  what: Type.String(),
  tier: Type.Optional(Type.Integer()),
  agents: Type.Optional(Type.Array(agentNumber)),
  text: Type.Optional(Type.String()),
})

/** A hunt as it lies in the store: one row, so that its version decides who comes first. */
export const huntSchema = defineSchema(
  'hunt',
  Type.Object({
    id: Type.String(),
    group: orNull(Type.String()),
    reason: orNull(Type.String()),
    createdBy: orNull(Type.String()),
    createdAt: time,
    conferenceSid: Type.String(),
    /** By its name a document finds it. */
    conferenceName: Type.String(),
    customerCallSid: Type.String(),
    agents: Type.Array(Type.Object({ sid: Type.String(), name: Type.String(), state: agentState })),
    tiers: Type.Array(
      Type.Object({ name: Type.String(), seconds: Type.Number(), agents: Type.Array(agentNumber) }),
    ),
    /** The overall time limit. */
    endsAt: time,
    /** A key must be pressed before the agent is joined. */
    confirm: Type.Boolean(),
    ringSeconds: Type.Integer(),
    fallback: orNull(huntFallback),
    notifyUrl: orNull(Type.String()),

    state: oneOf('offering', 'accepted', 'exhausted', 'cancelled', 'failed'),
    /** Why it ended. */
    why: orNull(Type.String()),
    endedAt: orNull(time),
    tier: Type.Integer(),
    tierEndsAt: time,
    /** Left out until the next tier: they accepted and then did not answer. */
    excluded: Type.Array(agentNumber),
    tasks: Type.Array(task),
    taskCount: Type.Integer(),
    claim: orNull(claim),
    attempts: Type.Integer(),
    /** Legs that nobody should be on, to be hung up. */
    strays: Type.Array(Type.String()),
    /** When to look next whether the customer is still there. */
    watchAt: time,
    endOnExit: oneOf('due', 'done'),
    fallbackPhase: oneOf('none', 'due', 'begun', 'done'),
    told: oneOf('none', 'due', 'done'),
    /** Nothing is left to do, at Twilio or elsewhere. */
    closed: Type.Boolean(),

    /** Who carries out what the hunt wants: one at a time. */
    runner: orNull(Type.Object({ token: Type.String(), until: time })),
    /** Twilio was away; nothing is tried before. */
    retryAt: orNull(time),
    troubles: Type.Integer(),
    /** A job is under way that comes back to this hunt at that time. */
    wakeAt: orNull(time),
    history: Type.Array(entry),
  }),
)

export type Hunt = TypeOf<typeof huntSchema>
export type HuntTask = Hunt['tasks'][number]
export type Claim = NonNullable<Hunt['claim']>
export type AgentState = Hunt['agents'][number]['state']
export type HistoryEntry = Hunt['history'][number]

/** Writes what happened; agents to whom the same happened at the same moment share a line. */
export function note(hunt: Hunt, entry: HistoryEntry): void {
  const last = hunt.history.at(-1)
  const same =
    last?.agents &&
    entry.agents &&
    last.at === entry.at &&
    last.what === entry.what &&
    last.tier === entry.tier &&
    last.text === entry.text
  if (same) last.agents?.push(...(entry.agents ?? []))
  else hunt.history.push({ ...entry, ...(entry.agents ? { agents: [...entry.agents] } : {}) })
}

/** Moves an agent to a state and writes it down; one who rejected stays so for good. */
export function moveAgent(hunt: Hunt, agent: number, state: AgentState, at: number): void {
  const one = hunt.agents[agent]
  if (!one || one.state === state || one.state === 'rejected') return
  one.state = state
  note(hunt, { at, what: state, tier: hunt.tier, agents: [agent] })
}

/** The agent who may still answer this reservation. */
export function isPending(task: HuntTask, agent: number): boolean {
  return task.reservations.some((one) => one.agent === agent && one.status === 'pending')
}
