import type { BinaryWriter, Map as WireMap } from 'google-protobuf'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import { isList, isMap, type PropertyMap, type PropertyValue } from './property-value.ts'

type Fields = WireMap<string, InstanceType<typeof structProto.Value>>

/**
 * A struct for sending that is written from the property map itself. The one `Struct.fromJavaScript` makes holds a
 * message for every value, which is most of what a call costs.
 */
export class WrittenStruct extends structProto.Struct {
  readonly #map: PropertyMap

  constructor(map: PropertyMap) {
    super()
    this.#map = map
  }

  // Of the map, only what writing asks for.
  override getFieldsMap(): Fields {
    const map = this.#map
    const fields = {
      getLength: () => Object.keys(map).length,
      serializeBinary: (_field: number, writer: BinaryWriter) => writeStruct(map, writer),
    }
    return fields as unknown as Fields
  }
}

// Field numbers of google/protobuf/struct.proto.
const structFields = 1
const entry = { key: 1, value: 2 } as const
const kind = { null: 1, number: 2, string: 3, bool: 4, struct: 5, list: 6 } as const
const listValues = 1

function writeStruct(map: PropertyMap, writer: BinaryWriter): void {
  // Sorted, as protobuf writes maps. A message of nothing would be left out, so that what holds the value is handed in.
  for (const key of Object.keys(map).sort()) {
    writer.writeMessage(structFields, map, () => {
      writer.writeString(entry.key, key)
      writer.writeMessage(entry.value, map, () => writeValue(map[key] ?? null, writer))
    })
  }
}

function writeList(list: readonly PropertyValue[], writer: BinaryWriter): void {
  for (const item of list) writer.writeMessage(listValues, list, () => writeValue(item, writer))
}

function writeValue(value: PropertyValue, writer: BinaryWriter): void {
  if (typeof value === 'string') writer.writeString(kind.string, value)
  else if (typeof value === 'number') writer.writeDouble(kind.number, value)
  else if (typeof value === 'boolean') writer.writeBool(kind.bool, value)
  else if (isList(value)) writer.writeMessage(kind.list, value, writeList)
  else if (isMap(value)) writer.writeMessage(kind.struct, value, writeStruct)
  else writer.writeEnum(kind.null, 0)
}
