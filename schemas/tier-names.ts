import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

/** Stack output `tiers`: friendly name of the workflow → name of the filter → names of its tiers, first to last. */
export const tierNames = defineSchema(
  'tier names',
  Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(Type.String()))),
)

export type TierNames = TypeOf<typeof tierNames>
