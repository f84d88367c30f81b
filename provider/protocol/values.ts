import { createRequire } from 'node:module'
import type { Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import { holdsCredentials } from '../../schemas/index.ts'

/** A decoded property bag: JSON, in which `unknown` stands for a value that is not known yet. */
export type Properties = Readonly<Record<string, unknown>>

/** What Pulumi sends for a value that only a real deployment will tell. */
export const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'
const signature = '4dabf18193072939515e22adb298388d'
const secretSignature = '1b47061264138c4ac30d75fd1eb44270'
const outputSignature = 'd0e6a833031e9bbcd3f4e8bde6ca49a4'
// Node sends only the string form; other languages have one for each type.
const unknownSentinels = new Set([
  unknownValue,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
])

// google-protobuf is CommonJS without named exports that Node can see.
const { Struct: struct } = createRequire(import.meta.url)(
  'google-protobuf/google/protobuf/struct_pb.js',
) as { Struct: typeof Struct }

/**
 * A property bag as it came: plain values, and which top-level properties were (or held) secrets. An address with credentials
 * within a document makes no secret of the whole: `encode` knows it again.
 */
export type Decoded = { readonly values: Properties; readonly secrets: ReadonlySet<string> }

/** Takes a message's struct apart; absent counts as empty. */
export function decode(message: Struct | undefined): Decoded {
  const secrets = new Set<string>()
  const values: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(message?.toJavaScript() ?? {})) {
    values[key] = unwrap(value, () => secrets.add(key))
  }
  return { values, secrets }
}

/**
 * Puts a property bag together; the named top-level properties are marked as secrets, and so is every address with credentials,
 * wherever it stands.
 */
export function encode(values: Properties, secrets: ReadonlySet<string> = new Set()): Struct {
  const wrapped: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue
    wrapped[key] = secrets.has(key) ? secret(value) : hushedAddresses(value)
  }
  // Plain JSON by construction.
  return struct.fromJavaScript(wrapped as Parameters<typeof Struct.fromJavaScript>[0])
}

/** Whether a value is an object with keys, not an array and not null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function secret(value: unknown): Properties {
  return { [signature]: secretSignature, value }
}

/** Whether a value is an address with credentials, or a text with one. */
export function isGuarded(value: unknown): boolean {
  return typeof value === 'string' && holdsCredentials(value)
}

function hushedAddresses(value: unknown): unknown {
  if (typeof value === 'string') return isGuarded(value) ? secret(value) : value
  if (Array.isArray(value)) return value.map(hushedAddresses)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hushedAddresses(item)]),
  )
}

function unwrap(value: unknown, sawSecret: () => void, isWithin = false): unknown {
  if (typeof value === 'string') return unknownSentinels.has(value) ? unknownValue : value
  if (Array.isArray(value)) return value.map((item) => unwrap(item, sawSecret, true))
  if (!isRecord(value)) return value
  switch (value[signature]) {
    case secretSignature: {
      const inner = unwrap(value['value'], sawSecret, isWithin)
      if (!isWithin || !isGuarded(inner)) sawSecret()
      return inner
    }
    case outputSignature: {
      const inner = 'value' in value ? unwrap(value['value'], sawSecret, isWithin) : unknownValue
      if (value['secret'] === true && !(isWithin && isGuarded(inner))) sawSecret()
      return inner
    }
    default:
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, unwrap(item, sawSecret, true)]),
      )
  }
}
