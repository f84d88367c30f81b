import * as pulumi from '@pulumi/pulumi'

/**
 * Where the functions run: the one interface between `FunctionApp` and a cloud. What a place declares is a child of the component
 * it is handed. The address comes first, because Twilio's objects need it; the settings come last, because they name Twilio's objects.
 */
export interface FunctionPlace {
  /** Declares what runs the functions. */
  declareHost(name: string, parent: pulumi.Resource): FunctionHost
}

/** A declared host, without its settings. */
export interface FunctionHost {
  /** Origin that Twilio calls and signs, without a trailing slash. */
  readonly publicBaseUrl: pulumi.Output<string>
  /** Settings that the place itself gives to the functions, such as where their storage is. */
  readonly ownSettings: Readonly<Record<string, pulumi.Input<string>>>
  /** Declares the settings of the functions: the whole set, so that one deployment restarts them once. */
  declareSettings(
    name: string,
    settings: pulumi.Output<Readonly<Record<string, string>>>,
    parent: pulumi.Resource,
  ): void
}

/**
 * A host that this program does not declare: the local one, a tunnel to it, or a Function App that somebody else keeps. It takes its
 * settings from the stack output `appSettings`.
 */
export function hostElsewhere(publicBaseUrl: string): FunctionPlace {
  return {
    declareHost: () => ({
      publicBaseUrl: pulumi.output(publicBaseUrl),
      ownSettings: {},
      declareSettings() {},
    }),
  }
}
