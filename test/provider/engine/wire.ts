import type { JavaScriptValue, Struct } from 'google-protobuf/google/protobuf/struct_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'

/** A property bag as it travels: secrets wrapped, unknown values as the sentinel. */
export type Properties = Readonly<Record<string, unknown>>

const signature = '4dabf18193072939515e22adb298388d'
const secretSignature = '1b47061264138c4ac30d75fd1eb44270'

/** What an engine sends for a value that it does not know yet. */
export const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** A secret as an engine sends it. */
export function secret(value: unknown): Properties {
  return { [signature]: secretSignature, value }
}

/** Whether a value came back as a secret. */
export function isSecret(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    signature in value &&
    value[signature] === secretSignature
  )
}

export function toStruct(properties: Properties): Struct {
  return structProto.Struct.fromJavaScript(properties as Readonly<Record<string, JavaScriptValue>>)
}

export function fromStruct(struct: Struct | undefined): Properties {
  return struct ? struct.toJavaScript() : {}
}
