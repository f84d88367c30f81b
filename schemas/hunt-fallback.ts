import { Type } from './type.ts'

const kinds = ['voicemail', 'callback', 'queue', 'message'] as const

/** What happens when nobody took the seat: the customer's call goes on, or a message is said in the conference. */
export const huntFallback = Type.Object(
  {
    kind: Type.Unsafe<(typeof kinds)[number]>({
      type: 'string',
      enum: [...kinds],
      description:
        'voicemail or queue: where the customer’s call goes; callback: a task to call back; message: said in the conference',
    }),
    /** `message`: what is said; `callback`: what the task says. */
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** `callback`: the workflow of the task; default the one of calls. */
    workflowSid: Type.Optional(Type.String({ pattern: '^WW[0-9a-fA-F]{32}$' })),
  },
  { additionalProperties: false },
)
