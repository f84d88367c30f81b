import * as pulumi from '@pulumi/pulumi'
import { type AppSettings, appSettings } from '../../schemas/index.ts'
import type { FunctionHost, FunctionPlace } from './function-place.ts'

/** What a function app needs before anything of Twilio exists. */
export type FunctionAppArgs = {
  /** Where it runs: on Azure, or elsewhere. */
  readonly place: FunctionPlace
}

/**
 * The functions that answer Twilio, first half: the host, whose address Twilio's objects need. `FunctionAppSettings` is the second
 * half, made from Twilio's outputs; so neither waits for the other in a circle.
 */
export class FunctionApp extends pulumi.ComponentResource {
  /** Origin that Twilio calls and signs, without a trailing slash. */
  readonly publicBaseUrl: pulumi.Output<string>
  readonly host: FunctionHost

  constructor(name: string, args: FunctionAppArgs, options?: pulumi.ComponentResourceOptions) {
    super('switchboard:functions:FunctionApp', name, {}, options)
    this.host = args.place.declareHost(name, this)
    this.publicBaseUrl = this.host.publicBaseUrl
    this.registerOutputs({ publicBaseUrl: this.publicBaseUrl })
  }

  /** The public address of a path of `schemas/routes.ts`. */
  url(path: string): pulumi.Output<string> {
    return pulumi.interpolate`${this.publicBaseUrl}${path}`
  }
}

/** What the settings half is made of. */
export type FunctionAppSettingsArgs = {
  readonly app: FunctionApp
  /** All settings but the address, which the app knows; an undefined one is left out. */
  readonly settings: {
    readonly [Name in keyof Omit<AppSettings, 'PUBLIC_BASE_URL'>]: pulumi.Input<AppSettings[Name]>
  }
}

/** The functions that answer Twilio, second half: their settings. */
export class FunctionAppSettings extends pulumi.ComponentResource {
  /** The whole environment of the functions, as a secret. */
  readonly values: pulumi.Output<Readonly<Record<string, string>>>

  constructor(
    name: string,
    { app, settings }: FunctionAppSettingsArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super('switchboard:functions:FunctionAppSettings', name, {}, { parent: app, ...options })
    const { publicBaseUrl, ownSettings } = app.host
    this.values = pulumi.secret(
      pulumi
        .all({ ...ownSettings, ...settings, PUBLIC_BASE_URL: publicBaseUrl })
        .apply(checkedSettings),
    )
    app.host.declareSettings(name, this.values, this)
    this.registerOutputs({})
  }
}

/**
 * The settings that are given, as the functions will read them. Called once all are known, so that one which the functions would
 * refuse stops the deployment and not the first call; throws `InvalidInput`.
 */
export function checkedSettings(
  settings: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const given = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  )
  return appSettings.parse(given) as Record<string, string>
}
