import { formatId, pathOf } from '../description/identity.ts'
import type { Answer } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'
import { fromAnswer } from '../requests/wire.ts'
import type { Creation } from './creation.ts'

/**
 * Deletes what a creation made whose answer was lost: a secret that only the answer told is lost with it, so the object is of no
 * use, and another one is made.
 */
export async function discard(creation: Creation, row: Answer): Promise<void> {
  const { resource, client, inputs, registration } = creation
  const { ledger, urn, tell } = registration
  const sid = String(row['sid'])
  const path = pathOf(resource, client.accountSid, inputs, sid)
  await unlessGone(() => client.send({ method: 'DELETE', host: resource.host, path }))
  // A list that lags behind may still show it.
  ledger.know(formatId(resource, { ...inputs, ...fromAnswer(resource, row, inputs) }))
  const lost = (resource.toldOnce ?? []).join(', ')
  void tell(
    `deleted ${sid}, made for it: the answer with its ${lost} was lost. Makes another one`,
    {
      urn,
    },
  )
}
