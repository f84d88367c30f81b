import { rfc2822Date } from '../../rest/date.ts'
import { page2010 } from '../../rest/paging.ts'
import { badRequest, notFound } from '../../rest/refusal.ts'
import { type Answer, noContent, ok, pathPart, type Call as Request } from '../../rest/route.ts'
import { placeCall } from '../call/outbound.ts'
import { isPhoneNumber } from '../phones/address.ts'
import type { CallerId } from '../phones/caller-ids.ts'
import type { VoiceContext } from '../voice-context.ts'
import { voiceCodes } from './codes.ts'
import { targetParameter } from './form.ts'

// Whom the validation call comes from.
const TWILIO = '+14157234000'

/** `/Accounts/{AccountSid}/OutgoingCallerIds` */
export function callerIdHandlers(voice: VoiceContext) {
  const { callerIds, accountSid, clock } = voice
  const body = (id: CallerId) => ({
    sid: id.sid,
    account_sid: accountSid,
    friendly_name: id.friendlyName,
    phone_number: id.phoneNumber,
    date_created: rfc2822Date(id.createdAt),
    date_updated: rfc2822Date(id.updatedAt),
    uri: `/2010-04-01/Accounts/${accountSid}/OutgoingCallerIds/${id.sid}.json`,
  })
  const found = (request: Request): CallerId => {
    const id = callerIds.get(pathPart(request, 'Sid'))
    if (!id) throw notFound(request.url.pathname)
    return id
  }
  return {
    create: (request: Request) => requestValidation(voice, request),
    fetch: (request: Request) => ok(body(found(request))),
    list(request: Request): Answer {
      const { query } = request
      const [number, name] = [query.text('PhoneNumber'), query.text('FriendlyName')]
      const rows = [...callerIds.list()].filter(
        (id) => (!number || id.phoneNumber === number) && (!name || id.friendlyName === name),
      )
      return page2010(request, 'outgoing_caller_ids', rows, body)
    },
    update(request: Request): Answer {
      const id = found(request)
      id.friendlyName = request.form.text('FriendlyName') ?? id.friendlyName
      id.updatedAt = clock.now()
      return ok(body(id))
    },
    remove(request: Request): Answer {
      callerIds.delete(found(request).sid)
      return noContent
    },
  }
}

/** Calls the number, which must key in the code; then it may be shown as a caller id. */
function requestValidation(voice: VoiceContext, { form }: Request): Answer {
  const { callerIds, accountSid } = voice
  const phoneNumber = form.required('PhoneNumber')
  if (!isPhoneNumber(phoneNumber)) {
    throw badRequest(`PhoneNumber ${phoneNumber} is not valid`, voiceCodes.toInvalid)
  }
  if (callerIds.verified(phoneNumber)) {
    throw badRequest(`${phoneNumber} is verified already`, voiceCodes.alreadyVerified)
  }
  const friendlyName = form.text('FriendlyName') || phoneNumber
  const callback = targetParameter(form, 'StatusCallback')
  const code = String(Number.parseInt(voice.newSid('').slice(0, 8), 16) % 1_000_000).padStart(
    6,
    '0',
  )
  const call = placeCall(voice, {
    from: TWILIO,
    to: phoneNumber,
    direction: 'outbound-api',
    timeoutSeconds: 60,
    timeLimitSeconds: 60,
  })
  let keyed = ''
  call.answered.on(() => call.tell('call.say', `${call.to} hears: please key in your code`))
  call.keys.on((key) => {
    keyed = (keyed + key).slice(-code.length)
    if (keyed !== code) return
    callerIds.add(phoneNumber, friendlyName)
    call.hangUp('completed')
  })
  call.ended.on(() => {
    if (!callback) return
    const verified = callerIds.verified(phoneNumber)
    const fields = {
      AccountSid: accountSid,
      CallSid: call.sid,
      To: phoneNumber,
      VerificationStatus: verified ? 'success' : 'failed',
      ...(verified ? { OutgoingCallerIdSid: verified.sid } : {}),
    }
    voice.notify({ purpose: 'caller id validation callback', ...callback, fields, call })
  })
  return ok({
    account_sid: accountSid,
    call_sid: call.sid,
    friendly_name: friendlyName,
    phone_number: phoneNumber,
    validation_code: code,
  })
}
