import { isoDate, isoDateOrNull } from '../../rest/date.ts'
import { type EndedReason, type Execution, type StepRecord, sceneOf } from './execution.ts'
import type { Surroundings } from './surroundings.ts'

const FLOW = 'com.twilio.studio.flow'

/** Tells the event streams that an execution has begun, or has ended. */
export function announceExecution(
  execution: Execution,
  { context, ports }: Pick<Surroundings, 'context' | 'ports'>,
  endedReason?: EndedReason,
): void {
  const { sid, flowSid, contact, status, startedAt, updatedAt, initiatedBy, revision } = execution
  ports.publish({
    type: `${FLOW}.execution.${endedReason ? 'ended' : 'started'}`,
    subject: `/v2/Flows/${flowSid}/Executions/${sid}`,
    at: context.clock.now(),
    data: () => ({
      execution_sid: sid,
      account_sid: context.accountSid,
      flow_sid: flowSid,
      contact_channel_address: contact,
      status,
      date_created: isoDate(startedAt),
      date_updated: isoDateOrNull(updatedAt),
      started_by: initiatedBy,
      flow_revision: revision,
      ...(endedReason && { ended_reason: endedReason }),
    }),
  })
}

/** Tells them that a step is over. */
export function announceStep(
  execution: Execution,
  step: StepRecord,
  { context, ports }: Pick<Surroundings, 'context' | 'ports'>,
): void {
  ports.publish({
    type: `${FLOW}.step.ended`,
    subject: `/v2/Flows/${execution.flowSid}/Executions/${execution.sid}/Steps/${step.sid}`,
    at: step.at,
    data: () => ({
      execution_sid: execution.sid,
      account_sid: context.accountSid,
      flow_sid: execution.flowSid,
      step_sid: step.sid,
      parent_step_sid: sceneOf(execution, step).parentStepSid,
      name: step.name,
      transitioned_from: step.from,
      transitioned_to: step.to,
      date_created: isoDate(step.at),
    }),
  })
}
