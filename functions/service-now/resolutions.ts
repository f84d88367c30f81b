import { defineSchema, serviceNowIncident, Type } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

const resolvedIncidents = defineSchema(
  'incidents in ServiceNow',
  Type.Array(
    Type.Object(
      { sys_id: Type.String(), ...serviceNowIncident.json.properties },
      { additionalProperties: true },
    ),
  ),
)

// An address holds about 8,000 characters.
const mostAtOnce = 100

/** When these incidents were resolved, of those that are; none when ServiceNow does not answer. */
export async function readResolutions(
  sysIds: readonly string[],
  { serviceNow, log }: Services,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  if (!serviceNow) return found
  try {
    for (let from = 0; from < sysIds.length; from += mostAtOnce) {
      const ids = sysIds.slice(from, from + mostAtOnce)
      const query = encodeURIComponent(`sys_idIN${ids.join(',')}`)
      const path = `incident?sysparm_query=${query}&sysparm_fields=sys_id,resolved_at&sysparm_limit=${mostAtOnce}`
      for (const { sys_id: id, resolved_at: at } of resolvedIncidents.parse(
        await serviceNow.get(path),
      )) {
        // ServiceNow's values are UTC, without saying so.
        const time = typeof at === 'string' ? Date.parse(`${at.replace(' ', 'T')}Z`) : Number.NaN
        if (!Number.isNaN(time)) found.set(id, time)
      }
    }
  } catch (error) {
    log.warn('incident.resolutions', { error })
  }
  return found
}
