import fc from 'fast-check'
import { flows } from '../studio/flow-spellings.ts'
import type { Made } from './arbitrary-program.ts'
import { documents } from './documents.ts'

/** By property; undefined leaves a property out. These properties are always there. */
type Own = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>

const expressions = fc.constantFrom(
  'languages HAS "es"',
  'languages HAS "es" AND (skills HAS "vip" OR level >= 3)',
  '1==1',
)
const durations = fc.constantFrom('PT30M', 'P1D', 'PT36H')
const number = fc.constant('+12025550188')

// A fallback without the address that it stands in for is refused.
const mainUrls = {
  voiceUrl: fc.constant('https://example.com/voice'),
  smsUrl: fc.constant('https://example.com/message'),
}

/** What the schema of a type can't say, by its token. */
export function ownInputs(made: Made): Readonly<Record<string, Own>> {
  const queue = made['twilio:taskrouter:TaskQueue'] ?? ''
  return {
    'twilio:account:Address': {
      // Otherwise the address has to be spelled as the register has it.
      autoCorrectAddress: undefined,
      isoCountry: fc.constant('US'),
      region: fc.constant('MA'),
      postalCode: fc.constant('02110'),
      friendlyName: fc.constant('Head office'),
    },
    'twilio:account:Subaccount': { status: fc.constant('active') },
    'twilio:conversations:AddressConfiguration': {
      type: fc.constant('sms'),
      address: number,
      addressCountry: undefined,
      autoCreation: fc.oneof(
        fc.record({
          enabled: fc.boolean(),
          type: fc.constant('webhook'),
          webhookUrl: fc.constant('https://example.com/new'),
          webhookFilters: fc.shuffledSubarray(['onMessageAdded', 'onParticipantAdded']),
        }),
        fc.record({
          type: fc.constant('studio'),
          studioFlowSid: fc.constant(made['twilio:studio:Flow']),
          studioRetryCount: fc.integer({ min: 0, max: 3 }),
        }),
      ),
    },
    'twilio:conversations:Configuration': {
      defaultInactiveTimer: durations,
      defaultClosedTimer: durations,
    },
    'twilio:events:Sink': {
      sinkType: fc.constant('webhook'),
      sinkConfiguration: fc.record(
        {
          destination: fc.constant('http://127.0.0.1:9/events'),
          method: fc.constantFrom('GET', 'POST'),
          batch_events: fc.boolean(),
        },
        { requiredKeys: ['destination', 'method'] },
      ),
    },
    'twilio:events:Subscription': {
      types: fc
        .subarray(
          ['task.created', 'task.completed', 'reservation.accepted', 'reservation.timeout'],
          { minLength: 1 },
        )
        .map((events) => events.map((event) => ({ type: `com.twilio.taskrouter.${event}` }))),
    },
    'twilio:phoneNumbers:IncomingPhoneNumber': {
      phoneNumber: number,
      areaCode: undefined,
      releaseOnDelete: fc.constant(true),
      ...mainUrls,
    },
    'twilio:studio:Flow': { definition: flows },
    'twilio:voice:Application': mainUrls,
    'twilio:taskrouter:TaskQueue': { targetWorkers: expressions },
    // A document that is owned as a whole has to be declared.
    'twilio:taskrouter:Worker': { attributes: documents, exclusiveAttributes: fc.boolean() },
    'twilio:taskrouter:WorkerChannel': { taskChannel: fc.constantFrom('voice', 'chat') },
    'twilio:taskrouter:Workflow': { configuration: configurations(queue) },
  }
}

function configurations(queue: string): fc.Arbitrary<unknown> {
  const target = fc.record(
    {
      queue: fc.constant(queue),
      timeout: fc.integer({ min: 1, max: 600 }),
      priority: fc.integer({ min: 0, max: 100 }),
      expression: fc.constantFrom('task.language IN worker.languages', 'worker.level > 2'),
      skip_if: fc.constantFrom('workers.available == 0', '1==1'),
    },
    { requiredKeys: ['queue', 'timeout'] },
  )
  const filter = fc.record({ targets: fc.array(target, { minLength: 1, maxLength: 3 }) })
  return fc.array(filter, { maxLength: 3 }).map((filters) => ({
    task_routing: {
      filters: filters.map(({ targets }, i) => ({
        filter_friendly_name: `filter ${i}`,
        expression: `topic == "${i}" AND level > ${i}`,
        targets,
      })),
      default_filter: { queue },
    },
  }))
}
