/**
 * A property value, in the form it has on Pulumi's wire: plain JSON in which an object with the key `signatureKey`
 * stands for something special, and the string `unknownValue` for what only an update will tell.
 */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | readonly PropertyValue[]
  | { readonly [key: string]: PropertyValue }

/** Inputs or outputs of a resource. */
export type PropertyMap = { readonly [key: string]: PropertyValue }

/** A wrapped secret. */
export type Secret = { readonly [signatureKey]: string; readonly value: PropertyValue }

/** The key that marks a special object. */
export const signatureKey = '4dabf18193072939515e22adb298388d'

/** What the key says. */
export const signatures = {
  secret: '1b47061264138c4ac30d75fd1eb44270',
  asset: 'c44067f5952c0a294b673a41bacd8c17',
  archive: '0def7320c3a5731c473e5ecbe6d01bc7',
  resource: '5cf8f73096256a8f31e491e813e4eb8e',
  output: 'd0e6a833031e9bbcd3f4e8bde6ca49a4',
} as const

/** Stands for a value that is not known during a preview. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

// One sentinel a kind exists in the protocol; all of them mean the same thing.
const unknownSentinels: ReadonlySet<PropertyValue> = new Set([
  unknownValue,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
])

/** Whether the value is one of the sentinels for "not known yet". */
export function isUnknown(value: PropertyValue | undefined): boolean {
  return typeof value === 'string' && unknownSentinels.has(value)
}

/** Whether the value is a plain object, special ones included. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value is a list. `Array.isArray` does not narrow readonly arrays. */
export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value)
}

/** The signature of a special object, undefined for any other value. */
export function signatureOf(value: PropertyValue | undefined): PropertyValue | undefined {
  return isMap(value) ? value[signatureKey] : undefined
}

/** Whether the value is a wrapped secret. */
export function isSecret(value: PropertyValue | undefined): value is Secret {
  return signatureOf(value) === signatures.secret
}

/** Wraps a value as secret; a secret stays as it is. */
export function secret(value: PropertyValue): Secret {
  return isSecret(value) ? value : { [signatureKey]: signatures.secret, value }
}

/** Whether `test` holds for the value or anything inside it. */
export function someValue(
  value: PropertyValue | undefined,
  test: (value: PropertyValue) => boolean,
): boolean {
  if (value === undefined) return false
  if (test(value)) return true
  if (isList(value)) return value.some((item) => someValue(item, test))
  return isMap(value) && Object.values(value).some((item) => someValue(item, test))
}

/** Whether anything inside is unknown. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  return someValue(value, isUnknown)
}

/** Whether anything inside is secret. */
export function containsSecret(value: PropertyValue | undefined): boolean {
  return someValue(value, isSecret)
}

/** Rebuilds a value from its inside out; `change` sees every node after its children and may replace it. */
export function mapValue(
  value: PropertyValue,
  change: (value: PropertyValue) => PropertyValue,
): PropertyValue {
  if (isList(value)) return change(value.map((item) => mapValue(item, change)))
  if (isMap(value)) return change(mapProperties(value, (item) => mapValue(item, change)))
  return change(value)
}

/** Rebuilds a map with each of its values changed. */
export function mapProperties(
  map: PropertyMap,
  change: (value: PropertyValue, key: string) => PropertyValue,
): PropertyMap {
  const result: Record<string, PropertyValue> = {}
  for (const [key, value] of Object.entries(map)) result[key] = change(value, key)
  return result
}

/** The map without its secret wrappers, at any depth. */
export function unwrapSecrets(map: PropertyMap): PropertyMap {
  return mapProperties(map, unwrapSecret)
}

/** The value without its secret wrappers, at any depth. */
export function unwrapSecret(value: PropertyValue): PropertyValue {
  return mapValue(value, (item) => (isSecret(item) ? item.value : item))
}

/** The map with `[secret]` in place of every secret. */
export function maskSecrets(map: PropertyMap): PropertyMap {
  return mapProperties(map, (value) =>
    isSecret(value) ? '[secret]' : mapValue(value, (item) => (isSecret(item) ? '[secret]' : item)),
  )
}

/** Deep equality; the order of keys does not matter, a secret differs from the same plain value. */
export function equalValues(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b) return true
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, i) => equalValues(item, b[i]))
  }
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equalValues(a[key], b[key]))
  )
}
