import { conferencePage, conferenceResource } from '../../schemas/index.ts'
import { RequestRefused } from '../back-office/request-refused.ts'
import type { Services } from '../services.ts'
import { TwilioRefusal } from '../twilio/rest.ts'

/** SID and name of the live conference of that SID or name, with the customer in it; throws `RequestRefused`. */
export async function findConference(
  name: string,
  customerCallSid: string,
  { settings, twilio }: Services,
): Promise<{ readonly conferenceSid: string; readonly conferenceName: string }> {
  const root = `api.twilio.com/2010-04-01/Accounts/${settings.app.TWILIO_ACCOUNT_SID}/Conferences`
  const query = new URLSearchParams({ FriendlyName: name, PageSize: '20' })
  const found = await unlessMissing(async () =>
    /^CF[0-9a-fA-F]{32}$/.test(name)
      ? [conferenceResource.parse((await twilio.get(`${root}/${name}.json`)).body)]
      : conferencePage.parse((await twilio.get(`${root}.json?${query}`)).body).conferences,
  )
  if (!found || found.length === 0) throw refused(404, 'conference', `${name} does not exist`)
  const live = found.find(({ status }) => status !== 'completed')
  if (!live) throw refused(409, 'conference', `${name} is over`)
  const participant = await unlessMissing(() =>
    twilio.get(`${root}/${live.sid}/Participants/${customerCallSid}.json`),
  )
  if (!participant) {
    throw refused(404, 'customerCallSid', `${customerCallSid} is not in conference ${name}`)
  }
  return { conferenceSid: live.sid, conferenceName: live.friendly_name }
}

function refused(status: 404 | 409, path: string, message: string): RequestRefused {
  return new RequestRefused(status, { path, message })
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return undefined
    throw error
  }
}
