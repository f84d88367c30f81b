import { resourceClass } from '../program/resource-class.ts'
import { type MapInputs, map } from './map.ts'
import { type ServiceInputs, service } from './service.ts'

type Kept = { readonly sid: string; readonly dateExpires?: string }

/** A Sync service: maps and other state that clients share. */
export class Service extends resourceClass<ServiceInputs>(service) {}

class SyncMap extends resourceClass<MapInputs, Kept>(map) {}

// In here, Map is JavaScript's.
export {
  /** A map of a Sync service; what is in it is not managed. */
  SyncMap as Map,
}
