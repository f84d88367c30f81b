import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, newStored, rowOf, type Stored } from '../objects/stored.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { BASE } from './base.ts'
import { eventCodes } from './codes.ts'
import type { SinkRow } from './sinks.ts'
import { readSubscribedEvent, type SubscribedEvent } from './subscribed-event.ts'

/** Which events go to a sink, as stored. */
export type SubscriptionRow = Stored & {
  readonly description: string
  readonly sinkSid: string
  readonly events: readonly SubscribedEvent[]
}

const MOST_SUBSCRIPTIONS = 100

/** `/Subscriptions` */
export function createSubscriptions(
  context: Context,
  rows: Collection<SubscriptionRow>,
  sinks: Collection<SinkRow>,
) {
  const body = (row: SubscriptionRow) => subscriptionBody(row, context.accountSid)
  return {
    list(call: Call) {
      const sinkSid = call.query.text('SinkSid')
      const selected = [...rows.values()].filter(
        (row) => sinkSid === undefined || row.sinkSid === sinkSid,
      )
      return pageV1(call, 'subscriptions', selected, body)
    },

    create({ form }: Call) {
      const description = form.required('Description')
      const sinkSid = form.required('SinkSid')
      if (!sinks.get(sinkSid)) {
        throw badRequest(
          `Subscription could not be created: ${sinkSid} is no active sink of this account`,
          eventCodes.sinkNotActive,
        )
      }
      form.required('Types')
      const events = readTypes(form.list('Types'))
      if (rows.size >= MOST_SUBSCRIPTIONS) {
        throw badRequest(`The account has ${MOST_SUBSCRIPTIONS} subscriptions, which is the limit`)
      }
      const row = { ...newStored(context, 'DF'), description, sinkSid, events }
      return created(body(rows.put(row)))
    },

    fetch: (call: Call) => ok(body(rowOf(call, rows))),

    update(call: Call) {
      const row = rowOf(call, rows)
      const description = call.form.text('Description') || row.description
      return ok(body(rows.put({ ...row, description, dateUpdated: context.clock.now() })))
    },

    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}

function readTypes(texts: readonly string[]): readonly SubscribedEvent[] {
  const events = texts.map((text) => {
    const value = parseJson('Types', text)
    if (!isObject(value) || typeof value['type'] !== 'string') {
      throw badRequest(`Types: ${text} must be an object with a type`)
    }
    return readSubscribedEvent(value['type'], value['schema_version'])
  })
  const names = events.map(({ type }) => type)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw badRequest(
      `Subscription could not be created: the event type ${twice} is named twice`,
      eventCodes.notCreated,
    )
  }
  return events
}

function subscriptionBody(row: SubscriptionRow, accountSid: string) {
  const url = `${BASE}/Subscriptions/${row.sid}`
  return {
    sid: row.sid,
    account_sid: accountSid,
    description: row.description,
    sink_sid: row.sinkSid,
    ...isoDates(row),
    url,
    links: { subscribed_events: `${url}/SubscribedEvents` },
  }
}
