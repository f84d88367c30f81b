import type { HttpResponseInit } from '@azure/functions'
import { createTaskRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import { createTask } from '../twilio/task-router.ts'

/** `POST /create-task`: puts a task into a workflow; answers its SID. */
export async function createTaskByHand(
  body: unknown,
  { settings, twilio }: Services,
): Promise<HttpResponseInit> {
  const { WORKFLOW_SID, WORKSPACE_SID } = settings.app
  const { workflowSid = WORKFLOW_SID, ...task } = createTaskRequest.parse(body)
  const taskSid = await createTask({ workflowSid, ...task }, WORKSPACE_SID, twilio)
  return { status: 201, jsonBody: { taskSid } }
}
