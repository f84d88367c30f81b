// What AWS Lambda loads (handler `main.handler`), for accounts whose events go to Kinesis. FLOW_SID may be left out.
import { defineSchema, Type } from '../../../schemas/index.ts'
import { createKinesisRelay } from './kinesis-relay.ts'

const { TWILIO_SID, TWILIO_AUTH_TOKEN, TWILIO_FUNCTION_URL, FLOW_SID } = defineSchema(
  'settings of the relay',
  Type.Object(
    {
      /** User and password for `/execute`: any name, and the key of the back office. */
      TWILIO_SID: Type.String({ minLength: 1 }),
      TWILIO_AUTH_TOKEN: Type.String({ minLength: 1 }),
      TWILIO_FUNCTION_URL: Type.String({ pattern: '^https?://', description: '…/execute' }),
      FLOW_SID: Type.Optional(Type.String()),
    },
    { additionalProperties: true },
  ),
  // biome-ignore lint/style/noProcessEnv: the one place of this program that reads it
).parse({ ...process.env })

/** The function that Lambda calls. */
export const handler = createKinesisRelay({
  url: TWILIO_FUNCTION_URL,
  user: TWILIO_SID,
  password: TWILIO_AUTH_TOKEN,
  flowSid: FLOW_SID,
})
