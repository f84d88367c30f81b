import {
  containsSecret,
  isList,
  isMap,
  isSecret,
  type PropertyMap,
  type PropertyValue,
  secret,
} from '../values/property-value.ts'

/**
 * Wraps in an answer what was secret in the request, for providers that do not keep the wrappers themselves:
 * objects key by key, a list as a whole as soon as one of its elements was secret.
 */
export function restoreSecrets(answer: PropertyMap, request: PropertyMap): PropertyMap {
  const restored: Record<string, PropertyValue> = {}
  for (const [key, value] of Object.entries(answer)) restored[key] = restore(value, request[key])
  return restored
}

function restore(value: PropertyValue, asked: PropertyValue | undefined): PropertyValue {
  if (asked === undefined || isSecret(value)) return value
  if (isSecret(asked)) return secret(value)
  if (isList(asked)) return containsSecret(asked) ? secret(value) : value
  return isMap(asked) && isMap(value) ? restoreSecrets(value, asked) : value
}

/** Outputs with those wrapped whose same-named input is secret, or that the program asked to keep secret. */
export function markSecretOutputs(
  outputs: PropertyMap,
  inputs: PropertyMap,
  additional: readonly string[],
): PropertyMap {
  const names = Object.keys(outputs).filter(
    (name) => isSecret(inputs[name]) || additional.includes(name),
  )
  if (names.length === 0) return outputs
  const marked: Record<string, PropertyValue> = { ...outputs }
  for (const name of names) marked[name] = secret(outputs[name] ?? null)
  return marked
}
