import type { FlowState, FlowTransition } from '../../../../schemas/index.ts'
import type { FormFields } from '../../webhooks/signature.ts'
import type { WebhookResult } from '../../webhooks/webhooks.ts'

/** Values by name, plain JSON: what templates and contexts show. */
export type Values = Readonly<Record<string, unknown>>

/** What started an execution; `trigger.<kind>` of its context. A sub-flow sees its parent's trigger and `trigger.parent`. */
export type TriggerKind = 'call' | 'message' | 'conversation' | 'request'

/** What the widgets of one type do: one object a type, without state of its own, since executions share it. */
export interface Widget {
  /**
   * Begins a step. With a promise the step is under way until it is kept; what arrives meanwhile waits for its turn.
   * A promise never waits for the shared clock: ask for `seconds` instead.
   */
  start(step: Step): Outcome | Promise<Outcome>
  /** Something arrives while the step waits. Undefined: the widget cannot use it. */
  resume?(step: Step, arrival: Arrival): Outcome | Promise<Outcome> | undefined
}

/** What comes of a step's start, or of something that arrived at it. */
export type Outcome =
  /** The step is over and takes the exit of that name; `transition` says which, where there are several. */
  | {
      readonly kind: 'exit'
      readonly event: string
      /** `widgets.<name>.*` from now on, merged into what an earlier pass left. */
      readonly outputs?: Values
      /** Merged into `flow.variables`. */
      readonly variables?: Values
      /** Replaces kinds of `trigger`: `{ conversation: { … } }`. */
      readonly trigger?: Values
      readonly transition?: FlowTransition
    }
  /** The step waits for what arrives. */
  | {
      readonly kind: 'wait'
      /** Verbs that the call, or the message's webhook, is answered now; without them a call hears silence. */
      readonly twiml?: string
      /** A `timeout` arrives after so long. Without it the one that runs, if any, is kept. */
      readonly seconds?: number
      /** What `step.memory` is from now on: plain JSON. */
      readonly memory?: unknown
    }
  /** The flow of that SID runs within this step; `subflow-ended` arrives when it is done. */
  | {
      readonly kind: 'subflow'
      readonly flowSid: string
      /** `LatestPublished`, `LatestDraft`, or a number. */
      readonly revision: string
      readonly parameters: Values
    }
  /** The execution ends here, with an alert. */
  | { readonly kind: 'failed'; readonly code: number; readonly text: string }

/** What a waiting step may get. */
export type Arrival =
  /** A request for an address that `step.callbackUrl(event)` made, or one of `FlowEvent=return`. */
  | { readonly kind: 'callback'; readonly event: string; readonly fields: Values }
  /** The contact has written; in a conversation `fields` are those of onMessageAdded. */
  | {
      readonly kind: 'message'
      readonly source: 'message' | 'conversation'
      readonly fields: Values
    }
  /** The execution's call is over: `completed`, `busy`, `no-answer`, `failed`, `canceled`. Its action may still be requested. */
  | { readonly kind: 'call-ended'; readonly status: string }
  | { readonly kind: 'timeout' }
  /** What a sub-flow has set, or why it could not begin. */
  | { readonly kind: 'subflow-ended'; readonly variables: Values; readonly problem?: string }

/** One widget's turn in an execution, as the widget sees it. */
export interface Step {
  /** FT…, of the step that ends with the widget's exit. */
  readonly sid: string
  readonly state: FlowState
  readonly execution: {
    readonly sid: string
    readonly flowSid: string
    readonly accountSid: string
    readonly startedBy: TriggerKind
    /** Runs the newest draft. */
    readonly isTestUser: boolean
    /** `contact.channel.address` */
    readonly contact: string
    /** `flow.channel.address` */
    readonly channel: string
  }
  /** Whether this is within a sub-flow. */
  readonly isNested: boolean
  /** `trigger.<kind>` as templates see it; undefined when the execution was not started so. */
  trigger(kind: TriggerKind): Values | undefined
  /** The call that voice widgets act on: the one that came in, or the last that was dialled; undefined when there is none, or it is over. */
  readonly callSid: string | undefined
  readonly memory: unknown

  /** Whether the exit leads to another widget. */
  leadsOn(event: string): boolean
  /** A text property, filled in; empty when absent. */
  text(property: string): string
  /** An integer property (or digits in a text); undefined when absent. */
  integer(property: string): number | undefined
  boolean(property: string): boolean | undefined
  /** A list of `{key, value, type?}` with the values filled in. */
  pairs(property: string): readonly { key: string; value: string; type?: string }[]
  /** Fills in a template; errors are a warning (81018) and give the empty text. */
  fill(template: string): string

  /** An address of the flow webhook that leads back to this step as a `callback` arrival. Requests of it are answered TwiML. */
  callbackUrl(event: string): string
  /** Adds to the debugger's alerts, naming flow, execution and widget. */
  alert(code: number, text: string): void
  /**
   * Twilio's own REST API, as this account: `api('POST', 'https://api.twilio.com/2010-04-01/…', { To: … })`. The body of
   * the answer; throws a `TwilioRefusal`.
   */
  api(method: 'GET' | 'POST' | 'DELETE', url: string, form?: FormFields): Promise<Values>
  /** A request to the outside, signed, followed through redirects, at most ten seconds long. Never rejects. */
  request(request: OutsideRequest): Promise<WebhookResult>
  /** From now on the execution acts on that call; one that came before it is hung up. */
  takeCall(callSid: string): void
  /** From now on the execution has no call; the one that it had goes its own way. */
  leaveCall(): void
  /** From now on messages of that conversation arrive here; the values become `flow.channel.*`. It may end with the execution. */
  joinConversation(conversationSid: string, channel: Values, closesAtEnd?: boolean): void
}

/** A request that a widget makes. */
export type OutsideRequest = {
  readonly purpose: string
  readonly url: string
  readonly method: 'GET' | 'POST'
  /** Form fields: in the query of a GET. */
  readonly fields?: FormFields
  /** A body as it stands, instead of fields. */
  readonly content?: { readonly type: string; readonly text: string }
  /** Whether the account's own credentials go along. */
  readonly asAccount?: boolean
}
