import type { HookContext, LiveWork } from '../description/description.ts'

const host = 'api.twilio.com'

/** The calls in progress to and from a number. A leg that another one of these dialed is the same conversation. */
export async function countCalls({
  client,
  properties,
}: HookContext): Promise<LiveWork | undefined> {
  const path = `/2010-04-01/Accounts/${client.accountSid}/Calls.json`
  const number = String(properties['phoneNumber'])
  const questions = ['To', 'From'].flatMap((end) =>
    ['ringing', 'in-progress'].map((status) => ({ [end]: number, Status: status, PageSize: 1000 })),
  )
  const lists = await Promise.all(
    questions.map((parameters) => client.list({ host, path, parameters }, 'calls')),
  )
  const calls = new Map(lists.flat().map((call) => [call['sid'], call]))
  const count = [...calls.values()].filter((call) => !calls.has(call['parent_call_sid'])).length
  if (count === 0) return undefined
  return {
    count,
    words: `${count} ${count === 1 ? 'call' : 'calls'} to or from it ${count === 1 ? 'is' : 'are'} in progress`,
    outlook: 'lasts',
  }
}
