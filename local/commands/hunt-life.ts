import type { HuntView } from '../../schemas/index.ts'
import type { DeskAnswer } from './unattended-desk.ts'

/** What a hunt came to, as an exit code. */
export const huntExit = { joined: 0, failed: 1, nobody: 3, interrupted: 130 } as const

/** A hunt to be followed to its end. */
export type FollowedHunt = {
  /** The hunt as it is now, and whether it still has something to do. */
  readonly look: () => Promise<{ readonly hunt: HuntView; readonly open: boolean }>
  readonly print: (line: string) => void
  /** What an agent does about an offer by themselves; undefined: nothing. */
  readonly desk: (workerSid: string) => DeskAnswer | undefined
  readonly answer: (workerSid: string, answer: 'accept' | 'reject') => Promise<void>
  readonly now: () => number
  /** Waits until it is worth looking again. */
  readonly pause: () => Promise<void>
  readonly customer: { isThere(): Promise<boolean>; hangUp(): Promise<void> }
  /** Seconds of talking, or after the end of a hunt that nobody answered, after which the customer hangs up. */
  readonly talkSeconds: number
  readonly interrupted: () => boolean
}

/** Prints the hunt's life as it goes on, answers for empty desks, and returns the exit code. */
export async function followHunt(followed: FollowedHunt): Promise<number> {
  const { look, print, pause, now } = followed
  const desks = createDesks(followed)
  let printed = 0
  let hangUpAt: number | undefined
  for (;;) {
    const { hunt, open } = await look()
    for (const { at, text } of hunt.timeline.slice(printed))
      print(`${timeOf(Date.parse(at))}  ${text}`)
    printed = hunt.timeline.length
    await desks(hunt)
    if (
      hunt.state !== 'offering' &&
      hangUpAt === undefined &&
      (hunt.state === 'accepted' || !open)
    ) {
      hangUpAt = now() + followed.talkSeconds * 1000
    }
    if (hangUpAt !== undefined) {
      if (!open && !(await followed.customer.isThere())) {
        print(summaryOf(hunt))
        return exitOf(hunt, followed.interrupted())
      }
      if (now() >= hangUpAt || followed.interrupted()) {
        hangUpAt = Number.POSITIVE_INFINITY
        if (await followed.customer.isThere()) print(`${timeOf(now())}  the customer hangs up`)
        await followed.customer.hangUp()
      }
    }
    await pause()
  }
}

// An offer that is made again, in a later tier, is answered anew.
function createDesks({ desk, answer, now }: FollowedHunt): (hunt: HuntView) => Promise<void> {
  const dueAt = new Map<string, number>()
  return async ({ agents }) => {
    for (const { workerSid, state } of agents) {
      const plan = state === 'offered' ? desk(workerSid) : undefined
      if (!plan) {
        dueAt.delete(workerSid)
        continue
      }
      const due = dueAt.get(workerSid) ?? now() + plan.afterSeconds * 1000
      dueAt.set(workerSid, due)
      if (now() < due) continue
      dueAt.set(workerSid, Number.POSITIVE_INFINITY)
      await answer(workerSid, plan.answer)
    }
  }
}

function exitOf({ state }: HuntView, interrupted: boolean): number {
  if (state === 'accepted') return huntExit.joined
  return interrupted ? huntExit.interrupted : huntExit.nobody
}

function summaryOf({ state, why, seat, createdAt, endedAt }: HuntView): string {
  const seconds = Math.round((Date.parse(endedAt ?? createdAt) - Date.parse(createdAt)) / 1000)
  const outcome =
    state === 'accepted' ? `${seat?.name ?? 'an agent'} joined` : `nobody joined: ${why}`
  return `The hunt is over: ${state} after ${seconds} s, ${outcome}.`
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB')
}
