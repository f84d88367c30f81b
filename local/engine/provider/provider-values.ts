import {
  isMap,
  mapProperties,
  mapValue,
  type PropertyMap,
  type PropertyValue,
  signatureKey,
  signatureOf,
  signatures,
} from '../values/property-value.ts'
import { parseUrn } from '../values/urn.ts'

/** A value for a provider: references as objects where it takes them, else reduced to the id or URN. */
export function toProvider(
  value: PropertyValue,
  { resources }: { readonly resources: boolean },
): PropertyValue {
  return mapValue(value, (item) => {
    if (signatureOf(item) !== signatures.resource || !isMap(item)) return item
    const { urn = '', id } = item
    if (!resources) return id ?? urn
    const { name, type } = parseUrn(String(urn))
    return {
      [signatureKey]: signatures.resource,
      urn,
      ...(id === undefined ? {} : { id }),
      name,
      type,
    }
  })
}

/** Old values say of an asset only which content it had. */
export function stripAssets(map: PropertyMap): PropertyMap {
  return mapProperties(map, (value) =>
    mapValue(value, (item) => {
      if (signatureOf(item) !== signatures.asset || !isMap(item)) return item
      return { [signatureKey]: signatures.asset, hash: item['hash'] ?? '' }
    }),
  )
}
