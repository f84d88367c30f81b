import { isoDate, isoDateOrNull } from '../rest/date.ts'
import { FLOWS } from './execution/addresses.ts'
import { contextAfter, type Execution, type StepRecord, sceneOf } from './execution/execution.ts'

/** An execution as the API shows it. */
export function executionBody(execution: Execution, accountSid: string) {
  const { sid, flowSid, contact, revision, status, startedAt, updatedAt, initiatedBy } = execution
  const url = `${FLOWS}/${flowSid}/Executions/${sid}`
  return {
    sid,
    account_sid: accountSid,
    flow_sid: flowSid,
    contact_channel_address: contact,
    // A relic of the first version: the contact is its address.
    contact_sid: null,
    flow_version: revision,
    // Only asked for by itself.
    context: {},
    status,
    date_created: isoDate(startedAt),
    date_updated: isoDateOrNull(updatedAt),
    initiated_by: initiatedBy,
    url,
    links: { steps: `${url}/Steps`, execution_context: `${url}/Context` },
  }
}

/** What its templates see now, or saw last. */
export function executionContextBody(execution: Execution, accountSid: string) {
  const { sid, flowSid } = execution
  return {
    account_sid: accountSid,
    flow_sid: flowSid,
    execution_sid: sid,
    context: contextAfter(execution),
    url: `${FLOWS}/${flowSid}/Executions/${sid}/Context`,
  }
}

/** A transition that was taken. */
export function stepBody(execution: Execution, step: StepRecord, accountSid: string) {
  const { sid: executionSid, flowSid } = execution
  const url = `${FLOWS}/${flowSid}/Executions/${executionSid}/Steps/${step.sid}`
  return {
    sid: step.sid,
    account_sid: accountSid,
    flow_sid: flowSid,
    execution_sid: executionSid,
    parent_step_sid: sceneOf(execution, step).parentStepSid,
    name: step.name,
    context: {},
    transitioned_from: step.from,
    transitioned_to: step.to,
    type: step.type,
    date_created: isoDate(step.at),
    date_updated: null,
    url,
    links: { step_context: `${url}/Context` },
  }
}

/** What templates saw after it. */
export function stepContextBody(execution: Execution, step: StepRecord, accountSid: string) {
  const { sid: executionSid, flowSid } = execution
  return {
    account_sid: accountSid,
    flow_sid: flowSid,
    execution_sid: executionSid,
    step_sid: step.sid,
    context: contextAfter(execution, step),
    url: `${FLOWS}/${flowSid}/Executions/${executionSid}/Steps/${step.sid}/Context`,
  }
}
