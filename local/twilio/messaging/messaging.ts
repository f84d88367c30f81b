import type { Rendered } from '../content/index.ts'
import type { Context } from '../context.ts'
import type { OutgoingText, TextPhones, TextsOutcome } from '../contract.ts'
import { type Collection, createCollection } from '../objects/collection.ts'
import type { IncomingNumberRow } from '../phone-numbers/index.ts'
import { resourceRoutes } from '../rest/resource-routes.ts'
import { del, get, post, type Route } from '../rest/route.ts'
import type { Settings } from '../rest/settings.ts'
import { createInbound } from './inbound.ts'
import type { MessageRow } from './message.ts'
import { createMessageStore } from './message-store.ts'
import { createMessages } from './messages.ts'
import { createOptOuts } from './opt-outs.ts'
import { createOutbox } from './outbox.ts'
import { createPhoneNumbers } from './phone-numbers.ts'
import { createPhoneTexts } from './phone-texts.ts'
import { createSenders } from './senders.ts'
import { createServices, type MessagingServiceRow } from './services.ts'
import { createWriter, type Draft } from './write-message.ts'

/** What outlives a restart. */
export type MessagingSnapshot = {
  readonly services: readonly MessagingServiceRow[]
  /** These two are missing in snapshots of before messages were sent. */
  readonly messages?: readonly MessageRow[]
  readonly optOuts?: readonly string[]
}

/** What Messaging asks of the rest of the account. */
export type MessagingPorts = {
  readonly numbers: Collection<IncomingNumberRow>
  /** The settings of a TwiML application. */
  application(sid: string): Settings | undefined
  /** A content template as a text message says it. */
  render(contentSid: string, variables: string): Rendered
  /** What becomes of a text at the phone of that address. */
  outcomeAt(address: string): TextsOutcome
  /** Conversations take a message that belongs to one, or that begins one; true when they did. */
  intercept(row: MessageRow): boolean
  /** A message has got further. */
  moved(row: MessageRow): void
  /** Message segments that one number sends in a second. */
  readonly segmentsPerSecond?: number
}

/** Text messages, and messaging services with their numbers. */
export type Messaging = {
  readonly services: Collection<MessagingServiceRow>
  readonly phones: TextPhones
  /** Of messaging.twilio.com. */
  readonly routes: readonly Route[]
  /** Of api.twilio.com. */
  readonly messageRoutes: readonly Route[]
  /** Sends a message as a REST call would; throws its refusal. */
  write(draft: Draft): MessageRow
  /** The number that a messaging service writes from to that contact. */
  senderOf(serviceSid: string, contact: string): string | undefined
  snapshot(): MessagingSnapshot
  close(): void
}

// As every number of a new account: one message segment a second.
const SEGMENTS_PER_SECOND = 1

/** Messaging as in a snapshot, or empty. */
export function createMessaging(
  context: Context,
  ports: MessagingPorts,
  restored?: MessagingSnapshot,
): Messaging {
  const { numbers, segmentsPerSecond = SEGMENTS_PER_SECOND } = ports
  const services = createCollection<MessagingServiceRow>(undefined, restored?.services)
  const messages = createMessageStore(restored?.messages)
  const senders = createSenders(numbers, services, messages, (phoneNumber) =>
    outbox.busyUntil(phoneNumber),
  )
  const optOuts = createOptOuts(restored?.optOuts)
  const texts = createPhoneTexts(context.clock)
  const outbox = createOutbox({
    context,
    messages,
    senders,
    optOuts,
    segmentsPerSecond,
    moved: ports.moved,
    outcomeAt: (address) => (senders.number(address) ? 'deliver' : ports.outcomeAt(address)),
    deliver(row) {
      if (senders.number(row.to)) receive(asText(row))
      else texts.put(row)
    },
  })
  const write = createWriter({ context, messages, senders, optOuts, outbox })
  const receive = createInbound({ context, messages, senders, optOuts, write, ...ports })
  for (const row of [...messages.values()]) outbox.send(row)

  const rest = createMessages({
    context,
    messages,
    outbox,
    write,
    render: ports.render,
    statusCallbackOf: (sid) => statusCallbackOf(ports.application(sid)),
  })
  const folder = '/2010-04-01/Accounts/{AccountSid}/Messages'
  return {
    services,
    write,
    phones: {
      text(text) {
        const row = receive(text)
        texts.put(row)
        return row.sid
      },
      inbox: texts.to,
      thread: texts.of,
    },
    senderOf(serviceSid, contact) {
      const service = services.get(serviceSid)
      return service && senders.choose(service, contact)
    },
    routes: [
      ...resourceRoutes('/v1/Services', createServices(context, services)),
      ...resourceRoutes(
        '/v1/Services/{ServiceSid}/PhoneNumbers',
        createPhoneNumbers(context, services, numbers),
      ),
    ],
    messageRoutes: [
      ...resourceRoutes(folder, rest, '.json'),
      post(`${folder}/{MessageSid}/Feedback.json`, rest.giveFeedback),
      get(`${folder}/{MessageSid}/Media.json`, rest.listMedia),
      get(`${folder}/{MessageSid}/Media/{Sid}.json`, rest.fetchMedia),
      del(`${folder}/{MessageSid}/Media/{Sid}.json`, rest.removeMedia),
    ],
    snapshot: () => ({
      services: [...services.values()],
      messages: messages.newest(),
      optOuts: optOuts.values(),
    }),
    close: outbox.close,
  }
}

/** What one number sends another one of the account comes in again. */
function asText({ from, to, body, media }: MessageRow): OutgoingText {
  return { from: from ?? '', to, body, mediaUrls: media.map(({ url }) => url) }
}

function statusCallbackOf(settings: Settings | undefined): string | undefined {
  const address = settings?.['message_status_callback'] || settings?.['sms_status_callback']
  return typeof address === 'string' && address !== '' ? address : undefined
}
