import type { Call } from './call.ts'

/** The parameters that every request for TwiML carries. */
export function callFields(call: Call, accountSid: string): Record<string, string> {
  const { from, to } = call
  return {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    CallSid: call.sid,
    CallStatus: call.status,
    Direction: call.direction,
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...place('From', from),
    ...place('To', to),
    ...place('Caller', from),
    ...place('Called', to),
    ...(call.parent ? { ParentCallSid: call.parent.sid } : {}),
    ...(call.answeredBy ? { AnsweredBy: call.answeredBy } : {}),
    ...call.extraFields,
  }
}

/** The attributes of a task made of this call, before those of `<Task>` are merged over them. */
export function taskAttributes(call: Call, accountSid: string): Record<string, string> {
  const fields = callFields(call, accountSid)
  const { from, to } = call
  const places = ['From', 'To', 'Caller', 'Called'].flatMap((end) =>
    ['City', 'State', 'Zip', 'Country'].map((part) => [
      `${end}_${part}`.toLowerCase(),
      fields[end + part] ?? '',
    ]),
  )
  return {
    call_sid: call.sid,
    account_sid: accountSid,
    from,
    to,
    caller: from,
    called: to,
    direction: call.direction,
    call_status: call.status,
    api_version: '2010-04-01',
    ...Object.fromEntries(places),
  }
}

// Twilio looks places up in a directory of numbers; here only the country code tells something.
function place(end: string, address: string): Record<string, string> {
  const country = address.startsWith('+1') ? 'US' : ''
  return { [`${end}City`]: '', [`${end}State`]: '', [`${end}Zip`]: '', [`${end}Country`]: country }
}
