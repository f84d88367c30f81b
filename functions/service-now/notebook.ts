import { defineSchema, Type, type TypeOf } from '../../schemas/index.ts'
import { endRest } from '../store/outage.ts'
import type { RowMachine } from '../store/row-machine.ts'

const time = Type.Integer({ minimum: 0, description: 'milliseconds since the Unix epoch' })
const orNull = <T extends Parameters<typeof Type.Optional>[0]>(type: T) =>
  Type.Union([type, Type.Null()])

/** Something for an incident: lines of its journal, and fields that change with them. */
export const incidentNote = Type.Object({
  /** Stands in the text, too: by it a note is found whose writing was not answered. */
  key: Type.String(),
  at: time,
  /** In ServiceNow's names: `work_notes`, `comments`, `state`, `assigned_to`. */
  fields: Type.Record(Type.String(), Type.String()),
})

/** What is to be written to one incident, in that order, each once. */
export const notebookSchema = defineSchema(
  'notebook of an incident',
  Type.Object({
    /** The incident's `sys_id`. */
    id: Type.String(),
    notes: Type.Array(
      Type.Object({
        ...incidentNote.properties,
        /** `begun`: it was sent, and nobody knows yet whether it arrived. */
        phase: Type.Unsafe<'waiting' | 'begun' | 'written' | 'refused'>({
          type: 'string',
          enum: ['waiting', 'begun', 'written', 'refused'],
        }),
        /** Why it was refused. */
        why: orNull(Type.String()),
      }),
    ),
    runner: orNull(Type.Object({ token: Type.String(), until: time })),
    /** ServiceNow was away: the notes are parked until then. */
    retryAt: orNull(time),
    troubles: Type.Integer(),
    wakeAt: orNull(time),
  }),
)

export type Notebook = TypeOf<typeof notebookSchema>
export type IncidentNote = Pick<Notebook['notes'][number], 'key' | 'at' | 'fields'>

/** What a notebook may hear of. */
export type NotebookEvent =
  | { readonly kind: 'tick' }
  | { readonly kind: 'add'; readonly notes: readonly IncidentNote[] }
  | { readonly kind: 'written'; readonly key: string }
  | { readonly kind: 'refused'; readonly key: string; readonly reason: string }
  | { readonly kind: 'away'; readonly key: string; readonly reason: string; readonly ms: number }

/** One note is to be written; `again`: it may be there already. */
export type NotebookEffect = {
  readonly kind: 'write'
  readonly note: IncidentNote
  readonly again: boolean
}

const longestPauseMs = 60_000
/** A note that could not be written for that long is given up. */
const mostParkedMs = 24 * 3_600_000

/** Writes notes one after the other, and parks them while ServiceNow is away. */
export const notebookMachine: RowMachine<Notebook, NotebookEvent, NotebookEffect> = {
  tick: { kind: 'tick' },
  step(before, event, now) {
    const book = structuredClone(before)
    apply(book, event, now)
    return book
  },
  nextEffect(book) {
    const note = pending(book)
    if (!note || book.retryAt !== null) return null
    const { key, at, fields } = note
    return { kind: 'write', note: { key, at, fields }, again: note.phase === 'begun' }
  },
  begin(book, effect) {
    const note = book.notes.find(({ key }) => key === effect.note.key)
    if (note) note.phase = 'begun'
  },
  nextAt: (book) => (pending(book) ? (book.retryAt ?? 0) : null),
}

/** The first note that is not written yet. */
export function pending({ notes }: Notebook) {
  return notes.find(({ phase }) => phase === 'waiting' || phase === 'begun')
}

function apply(book: Notebook, event: NotebookEvent, now: number): void {
  switch (event.kind) {
    case 'tick':
      endRest(book, now)
      return
    case 'add':
      for (const note of event.notes) {
        if (book.notes.some(({ key }) => key === note.key)) continue
        book.notes.push({ ...structuredClone(note), phase: 'waiting', why: null })
      }
      return
    case 'written':
      end(book, event.key, 'written', null)
      book.troubles = 0
      return
    case 'refused':
      end(book, event.key, 'refused', event.reason)
      return
    case 'away': {
      const note = book.notes.find(({ key }) => key === event.key)
      if (note && now - note.at >= mostParkedMs) end(book, event.key, 'refused', event.reason)
      book.troubles++
      const pauseMs = Math.min(1_000 * 2 ** Math.min(book.troubles, 6), longestPauseMs)
      book.retryAt = now + Math.max(pauseMs, event.ms)
      return
    }
    default:
      throw new Error(`Unknown event ${JSON.stringify(event satisfies never)}`)
  }
}

function end(book: Notebook, key: string, phase: 'written' | 'refused', why: string | null): void {
  const note = book.notes.find((one) => one.key === key)
  if (note) Object.assign(note, { phase, why })
}
