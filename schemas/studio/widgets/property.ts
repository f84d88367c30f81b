/** JSON types that a widget's properties have. */
export type PropertyType = 'string' | 'integer' | 'boolean' | 'array' | 'object'

/** A property of a widget. */
export type Property<Value = unknown> = {
  readonly type: PropertyType
  /** The only values that it has, where it has only some. */
  readonly choices?: readonly string[]
  /** Only a type, for the compiler: what the builder of flows takes. */
  readonly value?: Value
}

/** A type of widget as it is written down: its properties, and the exits that it has, in the order of the editor. */
export type WidgetDescription = {
  readonly required: Readonly<Record<string, Property>>
  readonly optional: Readonly<Record<string, Property>>
  readonly exits: Readonly<Record<string, 'exit'>>
}

/** Keys and values: as an object, or as Studio lists them, where an entry has a type. */
export type Pairs =
  | Readonly<Record<string, string>>
  | readonly {
      readonly key: string
      readonly value: string
      /** `json_object`: parsed once its templates are filled in, so that templates can go into it. */
      readonly type?: 'string' | 'json_object'
    }[]

/** A text; templates in it are filled in when the step begins. */
export const text: Property<string> = { type: 'string' }

/** A whole number; no template can stand for it. */
export const integer: Property<number> = { type: 'integer' }

/** Yes or no; no template can stand for it. */
export const flag: Property<boolean> = { type: 'boolean' }

/** Keys and values. */
export const pairs: Property<Pairs> = { type: 'array' }

/** A list of anything. */
export const list: Property<readonly unknown[]> = { type: 'array' }

/** Texts only. */
export const texts: Property<readonly string[]> = { type: 'array' }

/** An object of anything. */
export const object: Property<Readonly<Record<string, unknown>>> = { type: 'object' }

/** One of these texts, or a template that becomes one. */
export function oneOf<const Choice extends string>(
  ...choices: readonly Choice[]
): Property<Choice | `{{${string}`> {
  return { type: 'string', choices }
}

/** The texts that Studio's pages name. The builder insists on them; others may do something, and are let pass in an export. */
export function documented<const Choice extends string>(
  ..._choices: readonly Choice[]
): Property<Choice | `{{${string}`> {
  return { type: 'string' }
}

/** Where a widget may lead. */
export const exit = 'exit'
