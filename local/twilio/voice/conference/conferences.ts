import type { NewSid } from '../../sid.ts'
import type { Call } from '../call/call.ts'
import { type Conference, type ConferenceContext, createConference } from './conference.ts'
import type { ConferenceSettings } from './participant.ts'

/** The account's conferences: live ones, and those that are over. */
export interface Conferences {
  /** The live conference of that name, or a new one with the founder's settings. */
  ensure(friendlyName: string, founder: Call, settings: ConferenceSettings): Conference
  /** The live conference of that name. */
  named(friendlyName: string): Conference | undefined
  get(sid: string): Conference | undefined
  list(): Iterable<Conference>
}

/** No conferences. */
export function createConferences(
  context: ConferenceContext & { readonly newSid: NewSid },
): Conferences {
  const conferences = new Map<string, Conference>()
  const named = (friendlyName: string) => {
    for (const conference of conferences.values()) {
      if (conference.status !== 'completed' && conference.friendlyName === friendlyName) {
        return conference
      }
    }
    return undefined
  }
  return {
    named,
    ensure(friendlyName, founder, settings) {
      const live = named(friendlyName)
      if (live) return live
      const sid = context.newSid('CF')
      const conference = createConference(sid, friendlyName, founder, settings, context)
      conferences.set(sid, conference)
      return conference
    },
    get: (sid) => conferences.get(sid),
    list: () => conferences.values(),
  }
}
