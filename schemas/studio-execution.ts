import { defineSchema } from './schema.ts'
import { Type } from './type.ts'

const open = { additionalProperties: true }
const anything = Type.Record(Type.String(), Type.Unknown())

/** What the handlers read of an execution of a Studio flow. */
export const executionResource = defineSchema(
  'execution',
  Type.Object(
    {
      sid: Type.String(),
      flow_sid: Type.String(),
      contact_channel_address: Type.String(),
      status: Type.String({ description: 'active or ended' }),
      date_created: Type.String(),
    },
    open,
  ),
)

/** A page of executions. */
export const executionPage = defineSchema(
  'executions',
  Type.Object({ executions: Type.Array(executionResource.json) }, open),
)

/** What an execution was started with, and what came of it. */
export const executionContext = defineSchema(
  'context of an execution',
  Type.Object(
    {
      context: Type.Object(
        {
          trigger: Type.Optional(
            Type.Object(
              {
                request: Type.Optional(Type.Object({ parameters: Type.Optional(anything) }, open)),
              },
              open,
            ),
          ),
          flow: Type.Optional(Type.Object({ variables: Type.Optional(anything) }, open)),
          widgets: Type.Optional(
            Type.Object(
              {
                call_agent: Type.Optional(
                  Type.Object({ CallSid: Type.Optional(Type.String()) }, open),
                ),
              },
              open,
            ),
          ),
        },
        open,
      ),
    },
    open,
  ),
)

/** A CloudEvent of Event Streams; `data` as its type says. */
export const cloudEvent = defineSchema(
  'cloud event',
  Type.Object(
    {
      id: Type.String(),
      type: Type.String(),
      time: Type.Optional(Type.String()),
      data: Type.Optional(Type.Unknown()),
    },
    open,
  ),
)

/** `data` of `com.twilio.studio.flow.execution.ended`, as far as it is read. */
export const executionEnded = defineSchema(
  'end of an execution',
  Type.Object({ execution_sid: Type.String(), flow_sid: Type.String() }, open),
)
