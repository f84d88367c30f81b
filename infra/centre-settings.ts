import * as pulumi from '@pulumi/pulumi'
import { type CentreDeclaration, type CentreSettings, centreSettings } from '../schemas/index.ts'

/** What the settings of a centre come from: fixed values, and the queues whose SIDs they name. */
export type CentreSettingsArgs = {
  readonly settings: Omit<CentreSettings, 'wrapUpSeconds'>
  /** Seconds of wrap-up where a queue declares none. */
  readonly wrapUpSeconds: number
  readonly declaration: Pick<CentreDeclaration, 'queues'>
  readonly queues: Readonly<Record<string, { readonly sid: pulumi.Output<string> }>>
}

/** The text of the setting `CENTRE_SETTINGS`: checked here, so that a bad one stops the deployment and not a call. */
export function centreSettingsText(args: CentreSettingsArgs): pulumi.Output<string> {
  const { settings, wrapUpSeconds, declaration, queues } = args
  const ofQueues = Object.entries(queues).flatMap(([name, { sid }]) => {
    const seconds = declaration.queues[name]?.wrapUpSeconds
    return seconds === undefined ? [] : [sid.apply((value) => [value, seconds] as const)]
  })
  return pulumi.all(ofQueues).apply((byQueue) =>
    JSON.stringify(
      centreSettings.parse({
        ...settings,
        wrapUpSeconds: { default: wrapUpSeconds, byQueue: Object.fromEntries(byQueue) },
      }),
    ),
  )
}
