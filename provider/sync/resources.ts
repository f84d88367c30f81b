import * as pulumi from '@pulumi/pulumi'
import type { Args } from '../program/inputs.ts'
import { type MapInputs, map } from './map.ts'
import { type ServiceInputs, service } from './service.ts'

/** A Sync service: maps and other state that clients share. */
export class Service extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly friendlyName: pulumi.Output<string>

  constructor(name: string, args: Args<ServiceInputs>, options?: pulumi.CustomResourceOptions) {
    super(service.token, name, { ...args, sid: undefined }, options)
  }
}

class SyncMap extends pulumi.CustomResource {
  declare readonly sid: pulumi.Output<string>
  declare readonly uniqueName: pulumi.Output<string>
  declare readonly dateExpires: pulumi.Output<string | undefined>

  constructor(name: string, args: Args<MapInputs>, options?: pulumi.CustomResourceOptions) {
    super(map.token, name, { ...args, sid: undefined, dateExpires: undefined }, options)
  }
}

// In here, Map is JavaScript's.
export {
  /** A map of a Sync service; what is in it is not managed. */
  SyncMap as Map,
}
