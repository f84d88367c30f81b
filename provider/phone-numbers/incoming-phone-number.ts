import { type Problem, type Static, Type } from '../../schemas/index.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import { force, friendlyName, outputs, sid } from '../description/fields.ts'
import { type Properties, unknownValue } from '../protocol/values.ts'
import type { Parameter } from '../requests/client.ts'
import { parameterName } from '../requests/wire.ts'
import { canonicalVoiceUrls, voiceSettings, voiceUrls } from '../voice/voice-settings.ts'
import { nameReading } from '../words/name-reading.ts'
import { countCalls } from './live-calls.ts'

const inputs = Type.Object(
  {
    phoneNumber: Type.Optional(
      Type.String({
        pattern: '^\\+[1-9][0-9]{6,14}$',
        description:
          'the number in E.164, such as +12025550100: adopted if the account has it, bought otherwise. Changing it replaces the resource',
      }),
    ),
    areaCode: Type.Optional(
      Type.String({
        pattern: '^[2-9][0-9]{2}$',
        description:
          'instead of phoneNumber: buys any number of this US or Canadian area code; not looked at later',
      }),
    ),
    friendlyName: Type.Optional(friendlyName('name that people read')),
    ...voiceSettings,
    voiceApplicationSid: Type.Optional(
      sid('AP', 'TwiML application whose voice settings take the place of those here'),
    ),
    smsApplicationSid: Type.Optional(
      sid('AP', 'TwiML application whose settings for messages take the place of those here'),
    ),
    trunkSid: Type.Optional(
      sid('TK', 'SIP trunk that takes the calls; an application or voiceUrl is then not asked'),
    ),
    addressSid: Type.Optional(
      sid('AD', 'address that the regulations of the country of the number ask for'),
    ),
    bundleSid: Type.Optional(
      sid('BU', 'regulatory bundle that the country of the number asks for'),
    ),
    identitySid: Type.Optional(
      sid('RI', 'identity that the regulations of the country of the number ask for'),
    ),
    emergencyAddressSid: Type.Optional(
      sid(
        'AD',
        'address, with emergencyEnabled, that emergency services are told when the number calls them',
      ),
    ),
    releaseOnDelete: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: the number is given back when the resource is deleted, and may be gone for good; false: it is kept, without its webhooks',
      }),
    ),
    force: force(
      'true: the number is taken out of service also while calls to or from it are in progress, which go on as long as no webhook of it is needed',
    ),
  },
  { additionalProperties: false },
)

export type IncomingPhoneNumberInputs = Static<typeof inputs>

const kept =
  'on destroy the number stays in the account, without its webhooks, unless releaseOnDelete is true'
const released = 'on destroy it is given back'

/** A phone number of the account. Numbers are hard to get back: it is kept on delete unless told otherwise. */
export const incomingPhoneNumber: ResourceDescription = {
  token: 'twilio:phoneNumbers:IncomingPhoneNumber',
  description:
    'A phone number: adopted if the account has it, bought otherwise, and kept on delete unless releaseOnDelete is set.',
  host: 'api.twilio.com',
  collection: '/2010-04-01/Accounts/{accountSid}/IncomingPhoneNumbers.json',
  id: ['sid'],
  identity: {
    property: 'phoneNumber',
    rows: 'incoming_phone_numbers',
    listsByName: true,
    unique: true,
  },
  lookUp: 'getPhoneNumber',
  inputs,
  outputs: outputs({}),
  replaceOn: ['phoneNumber'],
  createOnly: ['areaCode'],
  localOnly: ['releaseOnDelete', 'force'],
  canonical: canonicalVoiceUrls,
  readings: {
    voiceApplication: nameReading('voiceApplicationSid', 'voice application'),
    smsApplication: nameReading('smsApplicationSid', 'message application'),
    address: nameReading('addressSid', 'address'),
    emergencyAddress: nameReading('emergencyAddressSid', 'emergency address'),
  },
  check: (inputs) => [...checkChoice(inputs), ...checkFallback(inputs)],
  usual: { friendlyName: formattedNumber },
  matches: ({ areaCode }, row) => String(row['phone_number']).startsWith(`+1${String(areaCode)}`),
  async find({ client, properties, path }) {
    const number = properties['phoneNumber']
    if (typeof number !== 'string') return undefined
    const parameters = { PhoneNumber: number }
    const rows = await client.list({ host: this.host, path, parameters }, 'incoming_phone_numbers')
    return rows.find((row) => row['phone_number'] === number)
  },
  // An application or a trunk left from before would take the calls or the messages, and the declared address would never be asked.
  takeOver: (properties) => ({
    ...(properties['voiceUrl'] !== undefined && { voiceApplicationSid: '', trunkSid: '' }),
    ...(properties['smsUrl'] !== undefined && { smsApplicationSid: '' }),
    ...properties,
  }),
  takesOver({ phoneNumber, releaseOnDelete }) {
    const known = typeof phoneNumber === 'string' && phoneNumber !== unknownValue
    const comes = known ? `${phoneNumber} is taken over if the account has it, else bought; ` : ''
    if (releaseOnDelete === true) return comes === '' ? undefined : `${comes}${released}`
    return `${comes}${kept}`
  },
  leaves: ({ phoneNumber, releaseOnDelete }) =>
    releaseOnDelete === true
      ? undefined
      : `the number ${String(phoneNumber)} stays in the account, without its webhooks; releaseOnDelete: true gives it back`,
  guard: {
    count: countCalls,
    remedy: 'Wait until they are over',
    forced: 'they go on as far as they need no webhook of the number',
  },
  async delete(context) {
    const { client, properties, path } = context
    if (properties['releaseOnDelete'] === true) {
      await client.send({ method: 'DELETE', host: this.host, path })
    } else {
      await disconnect(context)
    }
  },
}

// The number stays, and must not ring a centre that is gone.
async function disconnect({ client, path }: HookContext): Promise<void> {
  const parameters: Record<string, Parameter> = {}
  for (const name of [...voiceUrls, 'voiceApplicationSid', 'smsApplicationSid', 'trunkSid']) {
    parameters[parameterName(name)] = ''
  }
  await client.send({ method: 'POST', host: 'api.twilio.com', path, parameters })
}

// What Twilio calls a number that nobody named; an empty name would change nothing.
async function formattedNumber({ client, path }: HookContext): Promise<unknown> {
  const answer = await client.send({ method: 'GET', host: 'api.twilio.com', path })
  const number = String(answer?.['phone_number'])
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}

function checkChoice({ phoneNumber, areaCode }: Properties): readonly Problem[] {
  if ((phoneNumber === undefined) !== (areaCode === undefined)) return []
  const message =
    phoneNumber === undefined
      ? 'is missing: name the number in E.164, or an areaCode to buy one from'
      : 'and areaCode exclude each other: keep one'
  return [{ path: 'phoneNumber', message }]
}

function checkFallback(inputs: Properties): readonly Problem[] {
  const { voiceFallbackUrl, voiceUrl, voiceApplicationSid } = inputs
  if (!voiceFallbackUrl || voiceUrl || voiceApplicationSid) return []
  const message =
    'needs a voiceUrl that it stands in for, which Twilio insists on (21405): add one, or leave it out'
  return [{ path: 'voiceFallbackUrl', message }]
}
