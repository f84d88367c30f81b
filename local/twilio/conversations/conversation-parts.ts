import type { Context } from '../context.ts'
import { missing, type Stored } from '../objects/stored.ts'
import { isoDate } from '../rest/date.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, noContent, ok, pathPart } from '../rest/route.ts'
import type { Changes, Consent } from './consent.ts'
import type { ConversationRow, Finder } from './conversation.ts'
import type { ConversationLife } from './conversation-life.ts'
import { howOf, type Tell } from './conversation-news.ts'
import type { PostEvent, PreEvent } from './webhooks.ts'

/** What the REST resources of conversations work on. */
export type Surroundings = {
  readonly context: Context
  readonly life: ConversationLife
  readonly finder: Finder
  readonly consent: Consent
  readonly tell: Tell
}

/** Who is asked before something is done to a part, and who is told after it. */
export type PartEvents<Part> = {
  readonly update: readonly [PreEvent, PostEvent]
  readonly remove: readonly [PreEvent, PostEvent]
  fields(part: Part): Readonly<Record<string, string>>
  /** A part as those want it who were asked. */
  amend?(part: Part, changes: Changes): Part
}

/** Parts of one kind that a conversation has. */
export type PartKind<Part extends Stored> = {
  /** What their list is called in an answer. */
  readonly key: string
  of(conversation: ConversationRow): readonly Part[]
  put(parts: readonly Part[]): Partial<ConversationRow>
  body(call: Call, conversation: ConversationRow, part: Part): unknown
  /** Other names than the SID that a path may have. */
  isNamed?(part: Part, name: string): boolean
  /** The order of the list; default: as they came. */
  order?(call: Call, parts: readonly Part[]): readonly Part[]
  change(call: Call, part: Part): Part
  readonly events?: PartEvents<Part>
}

/** Lists, reads, changes and removes the parts of a conversation. */
export function createParts<Part extends Stored>(
  { context: { clock }, life, finder, consent, tell }: Surroundings,
  kind: PartKind<Part>,
) {
  function found(call: Call) {
    const conversation = finder.conversation(call)
    const name = pathPart(call, 'Sid')
    const part = kind.of(conversation).find((one) => one.sid === name || kind.isNamed?.(one, name))
    if (!part) throw missing(call)
    return { conversation, part }
  }
  return {
    list(call: Call) {
      const conversation = finder.conversation(call)
      const parts = kind.of(conversation)
      return pageV1(call, kind.key, kind.order?.(call, parts) ?? parts, (part) =>
        kind.body(call, conversation, part),
      )
    },
    fetch(call: Call) {
      const { conversation, part } = found(call)
      return ok(kind.body(call, conversation, part))
    },
    async update(call: Call) {
      const how = howOf(call)
      const wanted = kind.change(call, found(call).part)
      const changes = kind.events
        ? await consent(
            found(call).conversation,
            kind.events.update[0],
            how,
            kind.events.fields(wanted),
          )
        : {}
      // Much may have happened while somebody was asked.
      const { conversation, part: before } = found(call)
      const changed = { ...kind.change(call, before), dateUpdated: clock.now() }
      const part = kind.events?.amend?.(changed, changes) ?? changed
      const parts = kind.of(conversation).map((one) => (one === before ? part : one))
      const next = life.change(conversation, kind.put(parts), how)
      if (kind.events) tell(next, kind.events.update[1], how, kind.events.fields(part))
      return ok(kind.body(call, next, part))
    },
    async remove(call: Call) {
      const how = howOf(call)
      if (kind.events) {
        const { conversation, part } = found(call)
        await consent(conversation, kind.events.remove[0], how, kind.events.fields(part))
      }
      const { conversation, part } = found(call)
      const parts = kind.of(conversation).filter((one) => one !== part)
      const next = life.change(conversation, kind.put(parts), how)
      if (kind.events) {
        const fields = { ...kind.events.fields(part), DateRemoved: isoDate(clock.now()) }
        tell(next, kind.events.remove[1], how, fields)
      }
      return noContent
    },
  }
}
