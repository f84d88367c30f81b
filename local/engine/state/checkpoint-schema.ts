import { defineSchema, type Static, Type } from '../../../schemas/index.ts'

const strings = Type.Array(Type.String())
const resourceJson = Type.Object({
  urn: Type.String({ pattern: '^urn:pulumi:' }),
  custom: Type.Boolean(),
  type: Type.String({ minLength: 1 }),
  delete: Type.Optional(Type.Boolean()),
  id: Type.Optional(Type.String()),
  inputs: Type.Optional(Type.Object({})),
  outputs: Type.Optional(Type.Object({})),
  parent: Type.Optional(Type.String()),
  dependencies: Type.Optional(strings),
  propertyDependencies: Type.Optional(
    Type.Record(Type.String(), Type.Union([strings, Type.Null()])),
  ),
  provider: Type.Optional(Type.String()),
})

const deploymentJson = Type.Object({
  manifest: Type.Object({ magic: Type.String(), version: Type.String() }),
  secrets_providers: Type.Optional(
    Type.Object({
      type: Type.String(),
      state: Type.Optional(Type.Object({ salt: Type.Optional(Type.String()) })),
    }),
  ),
  resources: Type.Optional(Type.Array(resourceJson)),
  pending_operations: Type.Optional(
    Type.Array(
      Type.Object({
        resource: resourceJson,
        type: Type.Union(
          (['creating', 'updating', 'deleting', 'reading', 'importing'] as const).map((type) =>
            Type.Literal(type),
          ),
        ),
      }),
    ),
  ),
  metadata: Type.Optional(
    Type.Object({ integrity_error: Type.Optional(Type.Object({ error: Type.String() })) }),
  ),
})

/** What `deployment` holds in an export and `latest` in a checkpoint. */
export const deployment = defineSchema('Deployment', deploymentJson)
/** A checkpoint file after its version was looked at. */
export const checkpoint = defineSchema(
  'Checkpoint',
  Type.Object({
    checkpoint: Type.Object({
      stack: Type.String(),
      latest: Type.Optional(Type.Union([Type.Null(), deploymentJson])),
    }),
  }),
)

/** A deployment as JSON whose shape was checked; secrets still sealed. */
export type DeploymentJson = Static<typeof deploymentJson>
