import type { Clock } from '../clock.ts'
import type { PhoneProfile, Twilio } from '../twilio/contract.ts'
import type { ConsoleState } from './messages.ts'

/** What the feed reads, and where it publishes. */
export type StateFeedOptions = {
  readonly twilio: Twilio
  readonly clock: Clock
  readonly wrapUpSeconds?: (queueSid: string | null) => number | null
  readonly publish: (state: ConsoleState) => void
}

/** Tells pages the centre's state when it changed, bundled to a few messages a second. */
export interface StateFeed {
  state(): ConsoleState
  /** Something happened: publish soon. */
  touch(): void
  attendance(address: string, by: 1 | -1): void
  start(): void
  stop(): void
}

const BUNDLE_MS = 40
// Some of the view moves without an event (what a leg says); it is looked at this often.
const LOOK_MS = 400

/** Creates the feed; it looks at the centre once it is started. */
export function createStateFeed(options: StateFeedOptions): StateFeed {
  const { twilio, clock, wrapUpSeconds, publish } = options
  const attended = new Map<string, number>()
  const wrapUpBegan = new Map<string, number>()
  let published = ''
  let soon: NodeJS.Timeout | undefined
  let looks: NodeJS.Timeout | undefined

  function state(): ConsoleState {
    const view = twilio.view()
    const wrapping = view.tasks.filter((task) => task.status === 'wrapping')
    const live = new Set(wrapping.map((task) => task.sid))
    for (const sid of wrapUpBegan.keys()) if (!live.has(sid)) wrapUpBegan.delete(sid)
    const wrapUpEndsAt: Record<string, number> = {}
    for (const task of wrapping) {
      const began = wrapUpBegan.get(task.sid) ?? clock.now()
      wrapUpBegan.set(task.sid, began)
      const seconds = wrapUpSeconds?.(task.queueSid) ?? null
      if (seconds !== null) wrapUpEndsAt[task.sid] = began + seconds * 1000
    }
    return {
      view,
      attended: [...attended.keys()],
      unattended: Object.fromEntries(
        twilio.phones.profiles().map((profile) => [profile.address, describeProfile(profile)]),
      ),
      wrapUpEndsAt,
    }
  }

  function publishIfChanged(): void {
    soon = undefined
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
    start() {
      looks = setInterval(publishIfChanged, LOOK_MS).unref()
    },
    stop() {
      clearInterval(looks)
      clearTimeout(soon)
    },
  }
}

/** What a phone does by itself, to follow “the phone …”. */
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
