import type { ResourceDescription } from '../description/description.ts'
import { pathOf } from '../description/identity.ts'
import { fetchWhole } from '../lifecycle/whole-answer.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import { TwilioError } from '../requests/errors.ts'

/** Rows of a list as the objects themselves tell them, where rows are only excerpts; one that is gone by now is left out. */
export async function wholeRows(
  resource: ResourceDescription,
  client: TwilioClient,
  inputs: Properties,
  rows: readonly Answer[],
): Promise<readonly Answer[]> {
  if (!resource.identity?.excerpts) return rows
  const whole = await Promise.all(
    rows.map(async (row) => {
      const path = pathOf(resource, client.accountSid, inputs, String(row['sid']))
      try {
        return await fetchWhole(resource, client, path)
      } catch (error) {
        if (error instanceof TwilioError && error.status === 404) return undefined
        throw error
      }
    }),
  )
  return whole.filter((row) => row !== undefined)
}
