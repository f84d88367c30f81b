import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { newStored, rowOf, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import type { FlowLibrary } from './execution/surroundings.ts'
import { flowBody } from './flow-body.ts'
import { type Revision, readRevision } from './revision.ts'

/** A flow as stored: all its revisions, the oldest first. */
export type FlowRow = Stored & {
  readonly revisions: readonly Revision[]
  /** For whom the newest draft runs. */
  readonly testUsers?: readonly string[]
}

// The one thing that the debugger warns of when a flow is saved.
const tooManyWidgets = 81025

/** `/Flows` and `/Flows/Validate` */
export function createFlows(context: Context, rows: Collection<FlowRow>, library: FlowLibrary) {
  const { accountSid, alerts, clock } = context
  const body = (row: FlowRow) => flowBody(row, accountSid, 'whole')
  const save = (row: FlowRow, revision: Revision) => {
    for (const { message } of revision.warnings) {
      alerts.add(tooManyWidgets, `flow ${row.sid}, revision ${revision.number}: ${message}`)
    }
    return body(rows.put({ ...row, revisions: [...row.revisions, revision] }))
  }
  return {
    list: (call: Call) =>
      pageV1(call, 'flows', rows.values(), (row) => flowBody(row, accountSid, 'listed')),

    create({ form }: Call) {
      const revision = readRevision(form, undefined, clock.now(), library)
      return created(save({ ...newStored(context, 'FW'), revisions: [] }, revision))
    },

    validate({ form }: Call) {
      readRevision(form, undefined, clock.now(), library)
      return ok({ valid: true })
    },

    fetch: (call: Call) => ok(body(rowOf(call, rows))),

    /** Every update adds a revision, even one that changes nothing. */
    update(call: Call) {
      const row = rowOf(call, rows)
      const revision = readRevision(call.form, row.revisions.at(-1), clock.now(), library)
      return ok(save({ ...row, dateUpdated: clock.now() }, revision))
    },

    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}
