import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { newStored, rfc2822Dates, rowOf, type Stored } from '../objects/stored.ts'
import { page2010 } from '../rest/paging.ts'
import { type Call, created, noContent, ok } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'

/** A standard API key as stored. */
export type KeyRow = Stored & { readonly friendlyName: string; readonly secret: string }

/** `/Accounts/{AccountSid}/Keys`, which answer under their older name `SigningKeys` too. */
export function createKeys(context: Context, rows: Collection<KeyRow>) {
  const body = (row: KeyRow) => ({
    sid: row.sid,
    friendly_name: row.friendlyName,
    ...rfc2822Dates(row),
  })
  const name = ({ form }: Call) => limitText('FriendlyName', form.text('FriendlyName') ?? '', 64)
  return {
    list(listName: 'keys' | 'signing_keys') {
      return (call: Call) => page2010(call, listName, rows.values(), body)
    },
    create(call: Call) {
      const secret = context.newSid('')
      const row = rows.put({ ...newStored(context, 'SK'), friendlyName: name(call), secret })
      // Nobody sees the secret again.
      return created({ ...body(row), secret })
    },
    fetch: (call: Call) => ok(body(rowOf(call, rows))),
    update(call: Call) {
      const row = rowOf(call, rows)
      const friendlyName = call.form.has('FriendlyName') ? name(call) : row.friendlyName
      return ok(body(rows.put({ ...row, friendlyName, dateUpdated: context.clock.now() })))
    },
    remove(call: Call) {
      rows.delete(rowOf(call, rows).sid)
      return noContent
    },
  }
}
