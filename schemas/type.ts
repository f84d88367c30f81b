import type { Type as TypeBox } from '@sinclair/typebox'

export type { Static, TObject, TProperties, TSchema } from '@sinclair/typebox'

type Json = Readonly<Record<string, unknown>>
type Used =
  | 'Array'
  | 'Boolean'
  | 'Composite'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Record'
  | 'String'
  | 'Tuple'
  | 'Union'
  | 'Unknown'
  | 'Unsafe'

// TypeBox's own mark, so that schemas of both can be put together.
const optional = Symbol.for('TypeBox.Optional')

/**
 * TypeBox's builders, as far as they are used here: its types, and the same JSON Schemas. The package itself consists of 200
 * modules, which would take a fifth of the time until a command or the provider is ready.
 */
export const Type: Pick<typeof TypeBox, Used> = builders() as unknown as Pick<typeof TypeBox, Used>

function builders(): Record<Used, (...args: never[]) => Json> {
  const plain = (type: string) => (options?: Json) => ({ ...options, type })
  const object = (properties: Readonly<Record<string, Json>>, options?: Json) => {
    const required = Object.keys(properties).filter(
      (name) => !(optional in (properties[name] ?? {})),
    )
    return {
      ...options,
      type: 'object',
      ...(required.length > 0 ? { required } : {}),
      properties,
    }
  }
  return {
    Array: (items: Json, options?: Json) => ({ ...options, type: 'array', items }),
    Boolean: plain('boolean'),
    Composite: (parts: readonly { readonly properties: Record<string, Json> }[], options?: Json) =>
      object(Object.assign({}, ...parts.map(({ properties }) => properties)), options),
    Integer: plain('integer'),
    Literal: (value: unknown, options?: Json) => ({ ...options, const: value, type: typeof value }),
    Null: plain('null'),
    Number: plain('number'),
    Object: object,
    Optional: (schema: Json) => ({ ...schema, [optional]: 'Optional' }),
    Record: (key: Json, value: Json, options?: Json) => ({
      ...options,
      type: 'object',
      patternProperties: { [String(key['pattern'] ?? '^(.*)$')]: value },
    }),
    String: plain('string'),
    Tuple: (items: readonly Json[], options?: Json) => ({
      ...options,
      type: 'array',
      items,
      additionalItems: false,
      minItems: items.length,
      maxItems: items.length,
    }),
    Union: (anyOf: readonly Json[], options?: Json) => ({ ...options, anyOf }),
    Unknown: (options?: Json) => ({ ...options }),
    Unsafe: (options?: Json) => ({ ...options }),
  }
}
