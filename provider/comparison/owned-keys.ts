import type { ResourceDescription } from '../description/description.ts'
import { isRecord, type Properties } from '../protocol/values.ts'

/** The documents among these properties of which the program owns only the keys that it names. */
export function sharedAmong(
  { ownedByKey = {} }: ResourceDescription,
  names: readonly string[],
  inputs: Properties,
): readonly string[] {
  return names.filter((name) => {
    const whole = ownedByKey[name]
    return whole !== undefined && inputs[whole] !== true
  })
}

/** The documents that these changes made the program's own as a whole: what others wrote goes with the next write. */
export function claimedBy(
  { ownedByKey = {} }: ResourceDescription,
  touched: ReadonlySet<string>,
  inputs: Properties,
): readonly string[] {
  return Object.entries(ownedByKey)
    .filter(([, whole]) => touched.has(whole) && inputs[whole] === true)
    .map(([name]) => name)
}

/** The same inputs, as if all documents were the program's own as a whole. */
export function asWholes({ ownedByKey = {} }: ResourceDescription, inputs: Properties): Properties {
  const owned = Object.values(ownedByKey).map((whole) => [whole, true])
  return { ...inputs, ...Object.fromEntries(owned) }
}

/** Live properties without what others have in shared documents. An import declares nothing, and takes everything. */
export function ownPart(
  resource: ResourceDescription,
  live: Properties,
  declared: Properties,
): Properties {
  if (Object.keys(declared).length === 0) return live
  const shared = sharedAmong(resource, Object.keys(live), declared)
  const own = Object.entries(live).flatMap(([name, value]) => {
    if (!shared.includes(name)) return [[name, value]]
    const named = declared[name]
    return named === undefined || named === null ? [] : [[name, declaredKeys(value, named)]]
  })
  return Object.fromEntries(own)
}

function declaredKeys(live: unknown, declared: unknown): unknown {
  if (!isRecord(live) || !isRecord(declared)) return live
  return Object.fromEntries(Object.entries(live).filter(([key]) => Object.hasOwn(declared, key)))
}
