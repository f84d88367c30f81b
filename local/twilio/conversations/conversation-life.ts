import type { Timer } from '../../clock.ts'
import type { Context } from '../context.ts'
import { isoDate } from '../date.ts'
import { newStored } from '../stored.ts'
import type {
  ConversationMessageRow,
  ConversationRow,
  ConversationRows,
  ParticipantRow,
} from './conversation.ts'
import { messageFields, participantFields, type Tell } from './conversation-news.ts'

/** What conversations send as text messages. */
export interface TextSender {
  /** Throws a `TwilioRefusal` when it cannot be sent. */
  send(text: { readonly from: string; readonly to: string; readonly body: string }): void
}

/** Somebody's words. */
export type Words = Pick<ConversationMessageRow, 'author' | 'body' | 'attributes'> & {
  readonly participantSid: string | null
}

/** What can happen to conversations: by REST, by texts, and by time. */
export interface ConversationLife {
  open(
    settings: Pick<ConversationRow, 'serviceSid'> & Partial<ConversationRow>,
    source: 'API' | 'SMS',
    quiet?: boolean,
  ): ConversationRow
  /** Changes it; a state that is new is told. */
  change(row: ConversationRow, changes: Partial<ConversationRow>, quiet?: boolean): ConversationRow
  join(
    row: ConversationRow,
    participant: Omit<ParticipantRow, 'sid' | 'dateCreated' | 'dateUpdated'>,
    source: 'API' | 'SMS',
    quiet?: boolean,
  ): ParticipantRow
  /** Adds a message and sends it to all who take part by text messages but its author. */
  say(
    row: ConversationRow,
    words: Words,
    source: 'API' | 'SMS',
    quiet?: boolean,
  ): ConversationMessageRow
  delete(row: ConversationRow): void
  /** The live conversation of that pair of addresses. */
  ofPair(address: string, proxyAddress: string): ConversationRow | undefined
  close(): void
}

// A conversation that runs for months need not keep all that was said.
const MOST_MESSAGES = 1_000
const MOST_CLOSED = 2_000

/** Conversations as stored; the timers of live ones run on. */
export function createConversationLife(
  context: Context,
  rows: ConversationRows,
  tell: Tell,
  texts: TextSender,
): ConversationLife {
  const { clock } = context
  const timers = new Map<string, Timer>()
  for (const row of rows.values()) arm(row)

  const life: ConversationLife = {
    open(settings, source, quiet) {
      const stored = newStored(context, 'CH')
      const row = rows.put({
        ...newConversation,
        ...stored,
        quietSince: stored.dateCreated,
        ...settings,
      })
      arm(row)
      const { friendlyName, attributes, state } = row
      const fields = {
        Attributes: attributes,
        State: state,
        DateCreated: isoDate(row.dateCreated),
        ...(friendlyName && { FriendlyName: friendlyName }),
      }
      if (!quiet) tell(row, { event: 'onConversationAdded', source, fields })
      return row
    },
    change(row, changes, quiet) {
      const next = rows.put({ ...row, ...changes, dateUpdated: clock.now() })
      arm(next)
      if (next.state !== row.state && !quiet) {
        const fields = { StateFrom: row.state, StateTo: next.state, Reason: 'API' }
        tell(next, { event: 'onConversationStateUpdated', source: 'API', fields })
      }
      if (next.state === 'closed') forgetOldest()
      return next
    },
    join(row, settings, source, quiet) {
      const participant = { ...newStored(context, 'MB'), ...settings }
      const next = life.change(row, { participants: [...row.participants, participant] })
      const fields = participantFields(participant)
      if (!quiet) tell(next, { event: 'onParticipantAdded', source, fields })
      return participant
    },
    say(row, words, source, quiet) {
      const message = { ...newStored(context, 'IM'), index: row.nextIndex, ...words }
      const next = life.change(row, {
        state: 'active',
        quietSince: clock.now(),
        nextIndex: row.nextIndex + 1,
        messages: [...row.messages, message].slice(-MOST_MESSAGES),
      })
      for (const { sid, binding } of next.participants) {
        if (!binding || sid === words.participantSid || words.body === '') continue
        texts.send({ from: binding.proxyAddress, to: binding.address, body: words.body })
      }
      const fields = messageFields(message)
      if (!quiet) tell(next, { event: 'onMessageAdded', source, fields })
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
      if (now) life.change(now, { state: first.to })
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
  inactiveAfter: null,
  closedAfter: null,
  participants: [],
  messages: [],
  nextIndex: 0,
  webhooks: [],
} as const
