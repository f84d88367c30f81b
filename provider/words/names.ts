import type { ResourceDescription } from '../description/description.ts'
import { type Decoded, unknownValue } from '../protocol/values.ts'

const sidPattern = /\b[A-Z]{2}[0-9a-fA-F]{32}\b/g
const stranger = ' (not in'

/** The names of objects, by their SIDs, as far as this process has met them. */
export interface Names {
  /** The name of the object, or its SID with the remark that it is foreign. What is no SID stays as it is. */
  nameOf(sid: unknown): unknown
  /** A text with names in place of the SIDs in it that are known. */
  spell(text: string): string
  /** Whether the name is certain: met, or asked for. */
  knows(sid: string): boolean
  /** The SIDs of what the object is in, `WS…` of a workflow; undefined when it was not met, or is in nothing. */
  parentOf(sid: string): string | undefined
}

/** Names that are being collected. */
export interface Directory extends Names {
  /** The engine, or Twilio, has this object. The first of the bags that names it counts; a name that is secret is not learnt. */
  learn(resource: ResourceDescription, id: string, ...bags: readonly Decoded[]): void
  /** An object whose id is known without a description: one that nobody here manages. */
  note(id: string, name: string): void
  /** What it was called when the state was written; whatever is learnt later counts more. */
  recall(sid: string, name: string): void
  /** Twilio was asked and does not have it; `place` is where it should be, “the workspace”. */
  miss(sid: string, place: string): void
}

/** Whether a value is a SID, and nothing besides. */
export function isSid(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(value)
}

/** Whether `nameOf` said this of a SID of which it knew no name. */
export function isStranger(name: string): boolean {
  return isSid(name.split(stranger)[0])
}

/** The SIDs in a text. */
export function sidsIn(text: string): readonly string[] {
  return text.match(sidPattern) ?? []
}

/** An empty directory. */
export function createDirectory(): Directory {
  const names = new Map<string, { readonly name: string; readonly label: string }>()
  // Names are not unique everywhere: label (name, kind and place of an object) → the SIDs that have it.
  const sids = new Map<string, Set<string>>()
  const missed = new Map<string, string>()
  const recalled = new Map<string, string>()
  const parents = new Map<string, string>()

  function nameOf(sid: string): string | undefined {
    const known = names.get(sid)
    if (!known) return missed.has(sid) ? undefined : recalled.get(sid)
    return (sids.get(known.label)?.size ?? 0) > 1 ? `${known.name} (${sid})` : known.name
  }

  function note(id: string, name: string): void {
    const at = id.lastIndexOf('/') + 1
    const sid = id.slice(at)
    if (at > 0) parents.set(sid, id.slice(0, at - 1))
    const label = `${id.slice(0, at)}${sid.slice(0, 2)} ${name}`
    const before = names.get(sid)
    if (before?.label === label) return
    if (before) sids.get(before.label)?.delete(sid)
    names.set(sid, { name, label })
    sids.set(label, (sids.get(label) ?? new Set()).add(sid))
  }

  return {
    nameOf(sid) {
      if (!isSid(sid)) return sid
      return nameOf(sid) ?? `${sid}${stranger} ${missed.get(sid) ?? 'this stack'})`
    },
    spell: (text) => text.replace(sidPattern, (sid) => nameOf(sid) ?? sid),
    knows: (sid) => names.has(sid) || missed.has(sid),
    parentOf: (sid) => parents.get(sid),
    note,
    learn({ identity }, id, ...bags) {
      if (!id) return
      const keys = [identity?.property ?? 'friendlyName', 'friendlyName', 'uniqueName']
      const hidden = keys.some((key) => bags.some(({ secrets }) => secrets.has(key)))
      const name = bags
        .flatMap(({ values }) => keys.map((key) => values[key]))
        .find((value) => typeof value === 'string' && value !== '' && value !== unknownValue)
      if (name !== undefined && !hidden) note(id, String(name))
    },
    recall: (sid, name) => void recalled.set(sid, name),
    miss: (sid, place) => void missed.set(sid, place),
  }
}
