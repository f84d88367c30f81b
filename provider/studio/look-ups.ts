import { type Found, type LookUpArgs, lookUp, lookUpOutput } from '../program/looked-up.ts'
import type { FlowInputs } from './flow.ts'

type Named = LookUpArgs<'friendlyName'>
type FoundFlow = Found<FlowInputs> & { readonly revision: number; readonly webhookUrl: string }

const token = 'twilio:studio:getFlow'

/** The flow of this name. */
export const getFlow = lookUp<Named, FoundFlow>(token)
export const getFlowOutput = lookUpOutput<Named, FoundFlow>(token)
