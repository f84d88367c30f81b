import {
  answerOfferRequest,
  defineSchema,
  type HuntView,
  type IncidentMetrics,
  type IncidentView,
  type OfferResult,
  Type,
  type TypeOf,
} from '../../schemas/index.ts'
import type { Incidents, IncidentTicket } from '../../web/index.ts'
import type { Change } from '../change.ts'
import type { TierNames } from '../deployment.ts'
import type { LiveEvent, LiveView, PhoneProfile, PhoneText } from '../twilio/contract.ts'

const id = Type.Integer({ description: 'number of the request; its answer carries the same' })
const phone = Type.String({
  pattern: '^\\+[1-9][0-9]{1,14}$',
  description: 'a number in E.164, such as +12025550123',
})
const callSid = Type.String({ pattern: '^CA[0-9a-f]{32}$' })
const workerSid = Type.String({ pattern: '^WK[0-9a-f]{32}$' })
const taskSid = Type.String({ pattern: '^WT[0-9a-f]{32}$' })
const huntId = Type.String({ pattern: '^HU[0-9a-f]{32}$' })
const address = Type.String({ minLength: 1, maxLength: 300 })
const request = <Kind extends string, Fields extends Parameters<typeof Type.Object>[0]>(
  kind: Kind,
  fields: Fields,
) => Type.Object({ id, kind: Type.Literal(kind), ...fields }, { additionalProperties: false })

/** What a page, or `npm run call`, asks of the centre. Each variant has a schema, so that a refusal names the field. */
export const consoleRequests = {
  call: defineSchema('call', request('call', { from: phone, to: phone })),
  press: defineSchema(
    'press',
    request('press', { callSid, digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) }),
  ),
  hangUp: defineSchema('hangUp', request('hangUp', { callSid })),
  answer: defineSchema('answer', request('answer', { callSid })),
  decline: defineSchema('decline', request('decline', { callSid })),
  text: defineSchema(
    'text',
    request('text', {
      from: phone,
      to: phone,
      body: Type.String({ minLength: 1, maxLength: 1600 }),
    }),
  ),
  /** What that phone has got and sent. */
  thread: defineSchema('thread', request('thread', { address: phone })),
  take: defineSchema('take', request('take', { address })),
  leave: defineSchema('leave', request('leave', { address })),
  setActivity: defineSchema(
    'setActivity',
    request('setActivity', {
      workerSid,
      activitySid: Type.String({ pattern: '^WA[0-9a-f]{32}$' }),
    }),
  ),
  endWrapUp: defineSchema('endWrapUp', request('endWrapUp', { taskSid })),
  extendWrapUp: defineSchema('extendWrapUp', request('extendWrapUp', { taskSid })),
  /** An agent accepts or rejects the seat that a hunt offers. */
  answerOffer: defineSchema(
    'answerOffer',
    request('answerOffer', { huntId, workerSid, ...answerOfferRequest.json.properties }),
  ),
  cancelHunt: defineSchema('cancelHunt', request('cancelHunt', { huntId })),
  /** Somebody opens an incident of priority 1 in ServiceNow, or resolves one there. */
  createIncident: defineSchema(
    'createIncident',
    request('createIncident', {
      description: Type.String({ minLength: 1, maxLength: 160, pattern: '\\S' }),
    }),
  ),
  resolveIncident: defineSchema(
    'resolveIncident',
    request('resolveIncident', { incidentId: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  ),
  /** Incidents before that one. */
  olderIncidents: defineSchema(
    'olderIncidents',
    request('olderIncidents', { than: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  ),
  /** Another process deployed to the centre, or destroyed the stack. */
  takeOver: defineSchema('takeOver', request('takeOver', {})),
  applyChange: defineSchema('applyChange', request('applyChange', {})),
  ignoreChange: defineSchema('ignoreChange', request('ignoreChange', {})),
} as const

export type ConsoleRequest = {
  readonly [Kind in keyof typeof consoleRequests]: TypeOf<(typeof consoleRequests)[Kind]>
}[keyof typeof consoleRequests]

/** The state that pages show. */
export type ConsoleState = {
  readonly view: LiveView
  /** Phones with somebody at them, and what the others do by themselves. */
  readonly attended: readonly string[]
  readonly unattended: Readonly<Record<string, string>>
  /** Task SID → when its wrap-up ends by itself. */
  readonly wrapUpEndsAt: Readonly<Record<string, number>>
  readonly tierNames: TierNames
  readonly phoneProfiles: readonly PhoneProfile[]
  /** Names of the hunt groups that the stack declares. */
  readonly huntGroups: readonly string[]
  /** The last incidents in ServiceNow, the newest first; null: the stack hunts for nobody about incidents. */
  readonly tickets: readonly IncidentTicket[] | null
}

/** What a request came to, where there is something to tell. */
export type RequestResult = {
  /** Of `call`. */
  readonly callSid?: string
  /** Of `thread`, oldest first. */
  readonly texts?: readonly PhoneText[]
  /** Of `olderIncidents`. */
  readonly incidents?: Incidents
  /** Of `answerOffer`. */
  readonly offer?: OfferResult
}

/** What the centre tells a page. */
export type ConsoleMessage =
  | { readonly kind: 'state'; readonly state: ConsoleState }
  | { readonly kind: 'event'; readonly event: LiveEvent }
  | { readonly kind: 'change'; readonly change: Change | null }
  /** Live hunts, and the last that are over; the newest first. `unsent`: how many live ones there are besides. */
  | { readonly kind: 'hunts'; readonly hunts: readonly HuntView[]; readonly unsent: number }
  /** Hunts for incidents in the same way, and the figures of the last two weeks. */
  | {
      readonly kind: 'incidents'
      readonly incidents: readonly IncidentView[]
      readonly metrics: IncidentMetrics | undefined
    }
  | ({ readonly kind: 'done'; readonly id: number } & RequestResult)
  | { readonly kind: 'refused'; readonly id: number; readonly message: string }
