import { huntFallback } from './hunt-fallback.ts'
import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const workerSid = Type.String({
  pattern: '^WK[0-9a-fA-F]{32}$',
  description: 'SID of a worker: WK and 32 hex digits',
})

/** One step of a hunt: who is asked, and for how long. */
export const huntTier = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    seconds: Type.Number({ minimum: 5, maximum: 3600, description: '5 to 3600 seconds' }),
    workers: Type.Array(workerSid, { minItems: 1, description: 'one worker at least' }),
  },
  { additionalProperties: false },
)

/** How a hunt is run, wherever it comes from: a declared group, or the request itself. */
export const huntRules = {
  tiers: Type.Array(huntTier, { minItems: 1, description: 'one tier at least' }),
  fallback: Type.Optional(huntFallback),
  limitSeconds: Type.Optional(
    Type.Integer({
      minimum: 5,
      maximum: 86_400,
      description: 'of the whole hunt, 5 to 86400 seconds; default all tiers and a minute each',
    }),
  ),
  confirm: Type.Optional(
    Type.Boolean({ description: 'the agent presses a key before joining; default false' }),
  ),
  ringSeconds: Type.Optional(
    Type.Integer({ minimum: 5, maximum: 600, description: '5 to 600 seconds; default 20' }),
  ),
} as const

/** A declared hunt group, as infra hands it to the functions. */
export const huntGroup = defineSchema(
  'hunt group',
  Type.Object(
    {
      ...huntRules,
      startedBy: Type.Optional(
        Type.Array(Type.String({ minLength: 1 }), {
          description: 'who may start it: `createdBy` of the request; default anybody',
        }),
      ),
    },
    { additionalProperties: false },
  ),
)

/** Hunts in the settings of a centre. */
export const huntSettings = Type.Object(
  {
    workflowSid: Type.String({ pattern: '^WW[0-9a-fA-F]{32}$' }),
    groups: Type.Record(Type.String(), huntGroup.json),
  },
  { additionalProperties: false },
)

export type HuntGroup = TypeOf<typeof huntGroup>
