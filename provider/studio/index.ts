import { resourceClass } from '../program/resource-class.ts'
import { type FlowInputs, flow } from './flow.ts'

export { getFlow, getFlowOutput } from './look-ups.ts'

type Saved = {
  readonly sid: string
  /** Number of the latest revision. */
  readonly revision: number
  /** Where a number sends its calls and messages. */
  readonly webhookUrl: string
}

/** A Studio flow. Each change is validated and saved as a revision; what somebody else saved is not overwritten unseen. */
export class Flow extends resourceClass<FlowInputs, Saved>(flow) {}
