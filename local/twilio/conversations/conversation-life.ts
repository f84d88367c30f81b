import type { Timer } from '../../clock.ts'
import type { Context } from '../context.ts'
import { newStored } from '../objects/stored.ts'
import { isoDate } from '../rest/date.ts'
import type {
  ConversationMessageRow,
  ConversationRow,
  ConversationRows,
  ParticipantRow,
} from './conversation.ts'
import {
  conversationFields,
  type How,
  messageFields,
  participantFields,
  type Tell,
} from './conversation-news.ts'
import type { Receipts } from './receipts.ts'

/** Somebody's words. */
export type Words = Omit<
  ConversationMessageRow,
  'sid' | 'dateCreated' | 'dateUpdated' | 'index' | 'receipts'
>

/** What can happen to conversations: by REST, by texts, and by time. */
export interface ConversationLife {
  open(
    settings: Pick<ConversationRow, 'serviceSid'> & Partial<ConversationRow>,
    how: How,
  ): ConversationRow
  /** Changes it; a state that is new is told, with what it came by. */
  change(
    row: ConversationRow,
    changes: Partial<ConversationRow>,
    how: How,
    reason?: 'API' | 'TIMER' | 'EVENT',
  ): ConversationRow
  join(
    row: ConversationRow,
    participant: Omit<ParticipantRow, 'sid' | 'dateCreated' | 'dateUpdated'>,
    how: How,
  ): ParticipantRow
  /** Adds a message and sends it to all who take part by text messages but its author. */
  say(row: ConversationRow, words: Words, how: How): ConversationMessageRow
  delete(row: ConversationRow): void
  /** The live conversation of that pair of addresses. */
  ofPair(address: string, proxyAddress: string): ConversationRow | undefined
  close(): void
}

// A conversation that runs for months need not keep all that was said.
const MOST_MESSAGES = 1_000
const MOST_CLOSED = 2_000
const byTime: How = { source: 'API', quiet: false }

/** What the life of conversations needs. */
export type ConversationLifeOptions = {
  readonly context: Context
  readonly rows: ConversationRows
  readonly tell: Tell
  readonly receipts: Receipts
  /** The account's timers, for conversations without their own. */
  standardTimers(): Pick<ConversationRow, 'inactiveAfter' | 'closedAfter'>
}

/** Conversations as stored; the timers of live ones run on. */
export function createConversationLife(options: ConversationLifeOptions): ConversationLife {
  const { context, rows, tell, receipts } = options
  const { clock } = context
  const timers = new Map<string, Timer>()
  for (const row of rows.values()) arm(row)

  const life: ConversationLife = {
    open(settings, how) {
      const stored = newStored(context, 'CH')
      const row = rows.put({
        ...newConversation,
        ...options.standardTimers(),
        ...stored,
        quietSince: stored.dateCreated,
        ...settings,
      })
      arm(row)
      tell(row, 'onConversationAdded', how, conversationFields(row))
      return row
    },
    change(row, changes, how, reason = 'API') {
      const now = clock.now()
      const next = rows.put({ ...row, ...changes, dateUpdated: now })
      arm(next)
      if (next.state !== row.state) {
        tell(next, 'onConversationStateUpdated', how, {
          StateFrom: row.state,
          StateTo: next.state,
          StateUpdated: isoDate(now),
          Reason: reason,
        })
      }
      if (next.state === 'closed') forgetOldest()
      return next
    },
    join(row, settings, how) {
      const participant = { ...newStored(context, 'MB'), ...settings }
      const participants = [...row.participants, participant]
      const next = life.change(row, { participants }, how)
      tell(next, 'onParticipantAdded', how, participantFields(participant))
      return participant
    },
    say(row, words, how) {
      const stored = newStored(context, 'IM')
      const message = {
        ...stored,
        index: row.nextIndex,
        ...words,
        receipts: receipts.send(row, { ...words, sid: stored.sid }),
      }
      const changes = {
        state: 'active',
        quietSince: clock.now(),
        nextIndex: row.nextIndex + 1,
        messages: [...row.messages, message].slice(-MOST_MESSAGES),
      } as const
      const next = life.change(row, changes, how, 'EVENT')
      tell(next, 'onMessageAdded', how, messageFields(message))
      receipts.tellFailed(next, message)
      return message
    },
    delete({ sid }) {
      timers.get(sid)?.cancel()
      timers.delete(sid)
      rows.delete(sid)
    },
    ofPair: (address, proxyAddress) =>
      [...rows.values()].find(
        ({ state, participants }) =>
          state !== 'closed' &&
          participants.some(
            ({ binding }) => binding?.address === address && binding.proxyAddress === proxyAddress,
          ),
      ),
    close() {
      for (const timer of timers.values()) timer.cancel()
      timers.clear()
    },
  }
  return life

  /** Waits for the next state that comes by time alone. */
  function arm(row: ConversationRow): void {
    timers.get(row.sid)?.cancel()
    timers.delete(row.sid)
    const { state, inactiveAfter, closedAfter, quietSince } = row
    const steps = [
      { to: 'inactive', after: state === 'active' ? inactiveAfter : null },
      { to: 'closed', after: state === 'closed' ? null : closedAfter },
    ] as const
    const [first] = steps
      .flatMap(({ to, after }) => (after === null ? [] : [{ to, at: quietSince + after }]))
      .sort((a, b) => a.at - b.at)
    if (!first) return
    const timer = clock.schedule(first.at, () => {
      const now = rows.get(row.sid)
      if (now) life.change(now, { state: first.to }, byTime, 'TIMER')
    })
    timers.set(row.sid, timer)
  }

  function forgetOldest(): void {
    const closed = [...rows.values()].filter(({ state }) => state === 'closed')
    for (const row of closed.slice(0, -MOST_CLOSED)) life.delete(row)
  }
}

const newConversation = {
  messagingServiceSid: null,
  friendlyName: null,
  uniqueName: null,
  attributes: '{}',
  state: 'active',
  participants: [],
  messages: [],
  nextIndex: 0,
  webhooks: [],
} as const
