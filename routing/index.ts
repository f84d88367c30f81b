export { closestName } from './centre/closest-name.ts'
export { describeFinding, type Finding, type Rule } from './centre/finding.ts'
export { checkCentre } from './check-centre.ts'
export type {
  Attributes,
  Command,
  Millis,
  ReservationEvent,
  ReservationStatus,
  ReservationView,
  Router,
  RouterEvent,
  RouterOptions,
  Sid,
  TaskEvent,
  TaskStatus,
  TaskView,
  WorkerChannelView,
  WorkerEvent,
  WorkerView,
} from './router-contract.ts'
export {
  compileTiers,
  fittingReservationTimeout,
  reservationTimeoutWarning,
  type Tier,
  type TieredConfiguration,
  type TieredFilter,
  UnusableTiers,
} from './tiers.ts'
