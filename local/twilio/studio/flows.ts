import type { Collection } from '../collection.ts'
import type { Context } from '../context.ts'
import { pageV1 } from '../paging.ts'
import { type Call, created, noContent, ok } from '../route.ts'
import { newStored, rowOf, type Stored } from '../stored.ts'
import { flowBody } from './flow-body.ts'
import { type Revision, readRevision } from './revision.ts'

/** A flow as stored: all its revisions, the oldest first. */
export type FlowRow = Stored & {
  readonly revisions: readonly Revision[]
  /** For whom the newest draft runs. */
  readonly testUsers?: readonly string[]
}

/** `/Flows` and `/Flows/Validate` */
export function createFlows(context: Context, rows: Collection<FlowRow>) {
  const { accountSid, clock } = context
  const body = (row: FlowRow) => flowBody(row, accountSid, 'whole')
  return {
    list: (call: Call) =>
      pageV1(call, 'flows', rows.values(), (row) => flowBody(row, accountSid, 'listed')),

    create({ form }: Call) {
      const revision = readRevision(form, undefined, clock.now())
      return created(body(rows.put({ ...newStored(context, 'FW'), revisions: [revision] })))
    },

    validate({ form }: Call) {
      readRevision(form, undefined, clock.now())
      return ok({ valid: true })
    },

    fetch: (call: Call) => ok(body(rowOf(call, rows))),

    /** Every update adds a revision, even one that changes nothing. */
    update(call: Call) {
      const row = rowOf(call, rows)
      const revision = readRevision(call.form, row.revisions.at(-1), clock.now())
      const revisions = [...row.revisions, revision]
      return ok(body(rows.put({ ...row, revisions, dateUpdated: clock.now() })))
    },

    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}
