import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Answer, type Call, created, noContent, ok } from '../rest/route.ts'
import { BASE } from './base.ts'
import { eventCodes } from './codes.ts'
import {
  readSinkConfiguration,
  type SinkConfiguration,
  type SinkType,
  sinkTypes,
} from './sink-configuration.ts'
import type { SubscriptionRow } from './subscriptions.ts'
import { sendTestEvent } from './test-event.ts'

/** Where events go, as stored. All but its description stays as it was created. */
export type SinkRow = Stored & {
  readonly description: string
  readonly sinkType: SinkType
  readonly sinkConfiguration: SinkConfiguration
}

const MOST_SINKS = 100
const STATUSES = ['initialized', 'validating', 'active', 'failed'] as const

/** `/Sinks`. A sink is active from its creation on, as at Twilio since validation became optional. */
export function createSinks(
  context: Context,
  rows: Collection<SinkRow>,
  subscriptions: Collection<SubscriptionRow>,
) {
  const usersOf = (sid: string) =>
    [...subscriptions.values()].filter(({ sinkSid }) => sinkSid === sid)
  return {
    list(call: Call) {
      const inUse = call.query.boolean('InUse')
      const status = call.query.oneOf('Status', STATUSES)
      const selected = [...rows.values()].filter(
        ({ sid }) =>
          (inUse === undefined || usersOf(sid).length > 0 === inUse) &&
          (status === undefined || status === 'active'),
      )
      return pageV1(call, 'sinks', selected, body)
    },

    create({ form }: Call) {
      const description = form.required('Description')
      const sinkType = form.requiredOneOf('SinkType', sinkTypes)
      const sinkConfiguration = readSinkConfiguration(form.required('SinkConfiguration'), sinkType)
      if (rows.size >= MOST_SINKS) {
        throw badRequest(
          `The account has ${MOST_SINKS} sinks, which is the limit`,
          eventCodes.tooManySinks,
        )
      }
      const row = { ...newStored(context, 'DG'), description, sinkType, sinkConfiguration }
      return created(body(rows.put(row)))
    },

    fetch: (call: Call) => ok(body(rowOf(call, rows))),

    update(call: Call) {
      const row = rowOf(call, rows)
      const description = call.form.required('Description')
      return ok(body(rows.put({ ...row, description, dateUpdated: context.clock.now() })))
    },

    remove(call: Call) {
      const { sid } = rowOf(call, rows)
      const [user] = usersOf(sid)
      if (user) {
        throw badRequest(
          `Sink ${sid} cannot be deleted: subscription ${user.sid} uses it`,
          eventCodes.sinkInUse,
        )
      }
      rows.delete(sid)
      return noContent
    },

    /** Accepts the wish for a test event, and sends it to a webhook; a failure is an alert, the sink stays active. */
    test(call: Call): Answer {
      sendTestEvent(context, rowOf(call, rows))
      return created({ result: 'submitted' })
    },

    validate(call: Call): Answer {
      rowOf(call, rows)
      call.form.required('TestId')
      return created({ result: 'valid' })
    },
  }
}

function body(row: SinkRow) {
  const url = `${BASE}/Sinks/${row.sid}`
  return {
    sid: row.sid,
    description: row.description,
    sink_type: row.sinkType,
    sink_configuration: row.sinkConfiguration,
    status: 'active',
    ...isoDates(row),
    url,
    links: { sink_test: `${url}/Test`, sink_validate: `${url}/Validate` },
  }
}
