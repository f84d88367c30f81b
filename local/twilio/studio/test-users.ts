import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { rowOf } from '../objects/stored.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok } from '../rest/route.ts'
import type { FlowRow } from './flows.ts'

const MOST = 100

/** `/Flows/{Sid}/TestUsers`: for whom the newest draft runs. */
export function createTestUsers({ clock }: Context, rows: Collection<FlowRow>) {
  const body = ({ sid, testUsers = [] }: FlowRow) => ({
    sid,
    test_users: testUsers,
    url: `https://studio.twilio.com/v2/Flows/${sid}/TestUsers`,
  })
  return {
    fetch: (call: Call) => ok(body(rowOf(call, rows))),
    /** Replaces the list. */
    update(call: Call) {
      const row = rowOf(call, rows)
      const testUsers = call.form.list('TestUsers').filter((user) => user !== '')
      if (testUsers.length > MOST) throw badRequest(`TestUsers has more than ${MOST} entries`)
      return ok(body(rows.put({ ...row, testUsers, dateUpdated: clock.now() })))
    },
  }
}
