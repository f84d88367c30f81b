import type { IncidentTicket } from '../../web/index.ts'
import type { Clock } from '../clock.ts'
import type { Deployment } from '../deployment.ts'
import type { PhoneProfile, Twilio } from '../twilio/contract.ts'
import type { ConsoleState } from './messages.ts'

/** What the feed reads, and where it publishes. */
export type StateFeedOptions = {
  readonly twilio: Twilio
  readonly clock: Clock
  readonly deployment?: () => Deployment | undefined
  readonly incidents?: { tickets(): readonly IncidentTicket[] }
  /** Whether anybody looks; while nobody does, nothing is published. Default: always. */
  readonly watched?: () => boolean
  readonly publish: (state: ConsoleState) => void
}

/** Tells pages the centre's state when it changed, bundled to a few messages a second. */
export interface StateFeed {
  state(): ConsoleState
  /** Something happened: publish soon. */
  touch(): void
  attendance(address: string, by: 1 | -1): void
  wrapUpExtended(taskSid: string, endsAt: number): void
  start(): void
  stop(): void
}

const BUNDLE_MS = 40
// Some of the view moves without an event (what a leg says); it is looked at this often.
const LOOK_MS = 400

/** Creates the feed; it looks at the centre once it is started. */
export function createStateFeed(options: StateFeedOptions): StateFeed {
  const { twilio, clock, publish } = options
  const attended = new Map<string, number>()
  const wrapUpEnds = new Map<string, number>()
  let published = ''
  let soon: NodeJS.Timeout | undefined
  let looks: NodeJS.Timeout | undefined

  function state(): ConsoleState {
    const view = twilio.view()
    const deployment = options.deployment?.()
    const phoneProfiles = twilio.phones.profiles()
    const wrapping = view.tasks.filter((task) => task.status === 'wrapping')
    const live = new Set(wrapping.map((task) => task.sid))
    for (const sid of wrapUpEnds.keys()) if (!live.has(sid)) wrapUpEnds.delete(sid)
    for (const { sid, queueSid } of wrapping) {
      if (!deployment || wrapUpEnds.has(sid)) continue
      wrapUpEnds.set(sid, clock.now() + deployment.wrapUpSeconds(queueSid) * 1000)
    }
    return {
      view,
      attended: [...attended.keys()],
      unattended: Object.fromEntries(
        phoneProfiles.map((profile) => [profile.address, describeProfile(profile)]),
      ),
      wrapUpEndsAt: Object.fromEntries(wrapUpEnds),
      tierNames: deployment?.tierNames ?? {},
      phoneProfiles,
      huntGroups: deployment?.huntGroups ?? [],
      tickets: deployment?.huntsForIncidents ? (options.incidents?.tickets() ?? null) : null,
    }
  }

  function publishIfChanged(): void {
    soon = undefined
    if (options.watched?.() === false) return
    const current = state()
    const text = JSON.stringify({ ...current, view: { ...current.view, at: 0 } })
    if (text === published) return
    published = text
    publish(current)
  }

  const touch = () => {
    soon ??= setTimeout(publishIfChanged, BUNDLE_MS).unref()
  }
  return {
    state,
    touch,
    attendance(address, by) {
      const count = (attended.get(address) ?? 0) + by
      if (count > 0) attended.set(address, count)
      else attended.delete(address)
      touch()
    },
    wrapUpExtended(taskSid, endsAt) {
      wrapUpEnds.set(taskSid, endsAt)
      touch()
    },
    start() {
      looks = setInterval(publishIfChanged, LOOK_MS).unref()
    },
    stop() {
      clearInterval(looks)
      clearTimeout(soon)
    },
  }
}

/** What a phone does by itself, to follow “it …”. */
export function describeProfile(profile: PhoneProfile): string {
  const after = ` after ${profile.afterSeconds ?? 1}\u00a0s`
  const outcome = profile.outcome ?? 'answer'
  switch (outcome) {
    case 'answer':
      return `answers${after}`
    case 'let-ring':
      return 'rings unanswered'
    case 'busy':
      return `is busy${after}`
    case 'decline':
      return `declines${after}`
    case 'unreachable':
      return 'is unreachable'
    case 'machine':
      return `is answered by a machine${after}`
    default:
      throw new Error(`unknown outcome ${outcome satisfies never}`)
  }
}
