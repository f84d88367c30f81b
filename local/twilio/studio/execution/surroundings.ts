import type { FlowDefinition, FlowState } from '../../../../schemas/index.ts'
import type { Context } from '../../context.ts'
import type { Publish } from '../../events/index.ts'
import type { FormFields } from '../../webhooks/signature.ts'
import type { ExecutionStore } from './execution-store.ts'
import type { Templates } from './liquid.ts'
import type { Values, Widget } from './widget.ts'

/** What Studio asks of the rest of the local Twilio. */
export type StudioPorts = {
  /** Twilio's own REST API, as this account; throws a `TwilioRefusal`. */
  api(method: 'GET' | 'POST' | 'DELETE', url: string, form?: FormFields): Promise<Values>
  /** Calls the listener once with the status that ends the call: at once when it is over, never when it is unknown. */
  onCallEnd(callSid: string, listener: (status: string) => void): void
  /** To the account's event streams. */
  readonly publish: Publish
  /** Zone of the dates that templates print; default Los Angeles, as on Twilio. */
  readonly timeZone?: string
}

/** A saved state of a flow, as executions need it. */
export type RunnableFlow = {
  readonly sid: string
  readonly revision: number
  readonly definition: FlowDefinition
  readonly states: ReadonlyMap<string, FlowState>
}

/** The flows that can be run. */
export interface FlowLibrary {
  /** `LatestPublished`, `LatestDraft` (the newest of all), or a number. */
  find(flowSid: string, revision: string | number): RunnableFlow | undefined
  isTestUser(flowSid: string, contact: string): boolean
}

/** What running a flow needs. */
export type Surroundings = {
  readonly context: Context
  readonly ports: StudioPorts
  readonly store: ExecutionStore
  readonly flows: FlowLibrary
  readonly templates: Templates
  /** By type of state. */
  readonly widgets: ReadonlyMap<string, Widget>
}
