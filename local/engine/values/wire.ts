import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import { Unsupported } from '../errors.ts'
import {
  isMap,
  isUnknown,
  mapProperties,
  mapValue,
  type PropertyMap,
  type PropertyValue,
  secret,
  signatureKey,
  signatureOf,
  signatures,
  unknownValue,
} from './property-value.ts'
import { WrittenStruct } from './written-struct.ts'

/** Reads a message's struct, an absent one as empty. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct ? (struct.toJavaScript() as PropertyMap) : {}
}

/** Makes a message's struct, for sending only. */
export function toStruct(map: PropertyMap): Struct {
  return new WrittenStruct(map)
}

/**
 * Brings what a program or a provider sent into the form the state keeps: one sentinel for unknowns, outputs
 * unwrapped, references reduced to URN and id, assets with their hash. Relative paths of assets start at `baseDir`.
 */
export function normalise(map: PropertyMap, baseDir: string): PropertyMap {
  return mapProperties(map, (value) => mapValue(value, (item) => normaliseOne(item, baseDir)))
}

function normaliseOne(value: PropertyValue, baseDir: string): PropertyValue {
  if (isUnknown(value)) return unknownValue
  if (!isMap(value)) return value
  switch (signatureOf(value)) {
    case signatures.output: {
      const inner = value['value'] ?? unknownValue
      return value['secret'] === true ? secret(inner) : inner
    }
    case signatures.resource:
      return {
        [signatureKey]: signatures.resource,
        urn: value['urn'] ?? '',
        ...(value['id'] === undefined ? {} : { id: value['id'] }),
        packageVersion: '',
      }
    case signatures.asset:
      return hashAsset(value, baseDir)
    case signatures.archive:
      throw new Unsupported('archives as property values')
    default:
      return value
  }
}

function hashAsset(asset: PropertyMap, baseDir: string): PropertyMap {
  const { text, path, uri, hash } = asset
  if (typeof hash === 'string' && hash !== '') return asset
  if (typeof uri === 'string' && uri !== '') throw new Unsupported('assets read from a URI')
  const content =
    typeof path === 'string' && path !== ''
      ? readFileSync(resolve(baseDir, path))
      : Buffer.from(String(text ?? ''))
  return { ...asset, hash: createHash('sha256').update(content).digest('hex') }
}
