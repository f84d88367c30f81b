import type { Call } from '../call/call.ts'
import type { Scope } from '../scope.ts'
import type { Method } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'

/** Where a document comes from. */
export type Source =
  | {
      readonly kind: 'url'
      readonly url: string
      readonly method: Method
      /** Parameters beyond the standard ones. */
      readonly fields?: Readonly<Record<string, string>>
    }
  /** Given by REST: it has no address that relative ones could resolve against. */
  | { readonly kind: 'inline'; readonly twiml: string }

/** Where a document runs, which decides what verbs it may hold and what its end means. */
export type Stage =
  | 'call'
  | 'screening'
  | 'queue-wait'
  | 'conference-wait'
  | 'queue-announcement'
  | 'conference-announcement'

/** How a run ended: the document ran out, a verb asked to hang up or to leave the queue, or it could not go on. */
export type Outcome = 'end' | 'hang-up' | 'leave' | 'error'

/** A run of documents on a leg. */
export type Run = {
  readonly call: Call
  readonly scope: Scope
  readonly stage: Stage
  /** Parameters of every request of this run beyond the standard ones, for example the queue's position. */
  readonly fields?: () => Readonly<Record<string, string>>
}

/** What a verb knows. */
export type Frame = Run & {
  readonly voice: VoiceContext
  /** The document's own address, for a blank URL; null when it was given inline. */
  readonly documentUrl: string | null
  /** What relative addresses resolve against: the address that answered, after redirects. */
  readonly baseUrl: string | null
}

/** What comes after a verb. */
export type Step =
  | { readonly kind: 'next' }
  | { readonly kind: 'goto'; readonly source: Source }
  | { readonly kind: 'stop'; readonly outcome: Outcome }

/** Runs a document, and those it leads to, until one runs out. Rejects with `Interrupted` when the scope ends. */
export type Perform = (source: Source, run: Run) => Promise<Outcome>

export const next: Step = { kind: 'next' }
export const hangUp: Step = { kind: 'stop', outcome: 'hang-up' }
