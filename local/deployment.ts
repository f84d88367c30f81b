import {
  type AppSettings,
  appSettings,
  centreSettings,
  defineSchema,
  type PhoneProfiles,
  phoneProfiles,
  Type,
} from '../schemas/index.ts'

/** What the program's outputs tell the centre that runs it. */
export type Deployment = {
  readonly appSettings: AppSettings
  readonly phoneProfiles: PhoneProfiles
  /** Workflow → filter → names of its tiers. */
  readonly tierNames: TierNames
  /** Names of the declared hunt groups. */
  readonly huntGroups: readonly string[]
  /** It hunts for people who take incidents. */
  readonly huntsForIncidents: boolean
  /** Seconds of wrap-up after a task of that queue. */
  readonly wrapUpSeconds: (queueSid: string | null) => number
}

/** Workflow → filter → names of its tiers, by friendly names. */
export type TierNames = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

const stackOutputs = defineSchema(
  'outputs of the stack',
  Type.Object(
    {
      appSettings: appSettings.json,
      phoneProfiles: Type.Optional(phoneProfiles.json),
      tiers: Type.Optional(
        Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(Type.String()))),
      ),
    },
    { additionalProperties: true },
  ),
)

/** Reads the outputs of a stack that is up; undefined when nothing is deployed. */
export function readDeployment(outputs: Readonly<Record<string, unknown>>): Deployment | undefined {
  if (outputs['appSettings'] === undefined) return undefined
  const parsed = stackOutputs.parse(outputs)
  const { wrapUpSeconds, hunts, incidents } = centreSettings.parse(
    JSON.parse(parsed.appSettings.CENTRE_SETTINGS),
  )
  return {
    appSettings: parsed.appSettings,
    phoneProfiles: parsed.phoneProfiles ?? [],
    tierNames: parsed.tiers ?? {},
    huntGroups: Object.keys(hunts?.groups ?? {}),
    huntsForIncidents: incidents !== undefined,
    wrapUpSeconds: (queueSid) =>
      (queueSid === null ? undefined : wrapUpSeconds.byQueue?.[queueSid]) ?? wrapUpSeconds.default,
  }
}
