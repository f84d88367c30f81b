import type { NewSid } from '../../objects/sid.ts'
import type { Call } from '../call/call.ts'
import { createRetained } from '../retained.ts'
import { type Conference, type ConferenceContext, createConference } from './conference.ts'
import type { ConferenceSettings } from './participant.ts'

/** The account's conferences: live ones, and the latest that are over. */
export interface Conferences {
  /** The live conference of that name, or a new one with the founder's settings. */
  ensure(friendlyName: string, founder: Call, settings: ConferenceSettings): Conference
  /** The live conference of that name. */
  named(friendlyName: string): Conference | undefined
  get(sid: string): Conference | undefined
  /** Oldest first. */
  list(): Iterable<Conference>
  /** Those that are not completed, oldest first. */
  live(): Iterable<Conference>
  /** Live ones, oldest first, then those that ended at that time or later. */
  since(at: number): readonly Conference[]
}

/** No conferences. */
export function createConferences(
  context: Omit<ConferenceContext, 'over'> & { readonly newSid: NewSid },
): Conferences {
  const conferences = createRetained<Conference>()
  const live = new Map<string, Conference>()
  const over = (conference: Conference) => {
    live.delete(conference.friendlyName)
    conferences.end(conference, conference.updatedAt)
  }
  return {
    named: (friendlyName) => live.get(friendlyName),
    ensure(friendlyName, founder, settings) {
      const known = live.get(friendlyName)
      if (known) return known
      const sid = context.newSid('CF')
      const all = { ...context, over }
      const conference = createConference(sid, friendlyName, founder, settings, all)
      live.set(friendlyName, conference)
      conferences.add(conference)
      return conference
    },
    get: conferences.get,
    list: conferences.values,
    live: conferences.live,
    since: (at) => [...conferences.live(), ...conferences.endedSince(at)],
  }
}
