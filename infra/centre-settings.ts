import * as pulumi from '@pulumi/pulumi'
import { type CentreDeclaration, type CentreSettings, centreSettings } from '../schemas/index.ts'

type Registered = Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>

/** What the settings of a centre come from: fixed values, and the queues and workflows whose SIDs they name. */
export type CentreSettingsArgs = {
  readonly settings: Omit<CentreSettings, 'wrapUpSeconds' | 'instructions' | 'hunts' | 'incidents'>
  /** Seconds of wrap-up where a queue declares none. */
  readonly wrapUpSeconds: number
  readonly declaration: Pick<CentreDeclaration, 'queues' | 'workflows'>
  readonly hunts: pulumi.Input<NonNullable<CentreSettings['hunts']>>
  readonly incidents?: pulumi.Input<NonNullable<CentreSettings['incidents']>> | undefined
  readonly queues: Registered
  readonly workflows: Registered
}

/** The text of the setting `CENTRE_SETTINGS`: checked here, so that a bad one stops the deployment and not a call. */
export function centreSettingsText(args: CentreSettingsArgs): pulumi.Output<string> {
  const { settings, wrapUpSeconds, declaration, queues, workflows } = args
  const wrapUps = bySid(queues, (name) => declaration.queues[name]?.wrapUpSeconds)
  const instructions = bySid(workflows, (name) => declaration.workflows[name]?.connectBy)
  return pulumi
    .all([wrapUps, instructions, args.hunts, args.incidents])
    .apply(([byQueue, byWorkflow, hunts, incidents]) =>
      JSON.stringify(
        centreSettings.parse({
          ...settings,
          wrapUpSeconds: { default: wrapUpSeconds, byQueue },
          instructions: byWorkflow,
          hunts,
          ...(incidents ? { incidents } : {}),
        }),
      ),
    )
}

/** SID → value, of those that declare one. */
function bySid<Value>(
  resources: Registered,
  declared: (name: string) => Value | undefined,
): pulumi.Output<Record<string, Value>> {
  const entries = Object.entries(resources).flatMap(([name, { sid }]) => {
    const value = declared(name)
    return value === undefined ? [] : [sid.apply((key): [string, Value] => [key, value])]
  })
  return pulumi.all(entries).apply((all) => Object.fromEntries(all) as Record<string, Value>)
}
