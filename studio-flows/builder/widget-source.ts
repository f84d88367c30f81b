import type { conditionTypes, WidgetDescription, WidgetDescriptions } from '../../schemas/index.ts'

/** Every type of widget that the builder knows: those whose properties and exits `schemas/studio/widgets.ts` describes. */
export type WidgetType = Exclude<keyof WidgetDescriptions, 'trigger'>

/** A widget of any type: its properties, where its exits lead (`on`), and its place on the canvas (`at`). */
export type WidgetSource<Name extends string = string> = {
  [Type in WidgetType]: WidgetOf<Type, Name>
}[WidgetType]

/** A widget of one type. */
export type WidgetOf<Type extends WidgetType, Name extends string> = {
  readonly type: Type
  /** Exits that are not named end the flow. */
  readonly on?: Exits<Type, Name>
  readonly at?: Place
} & Properties<Type>

/** x and y of the left upper corner on the canvas; laid out when absent. */
export type Place = readonly [number, number]

/** Where the exits of a widget lead. A split has one list of branches, which are tried in their order, and `noMatch`. */
export type Exits<Type extends keyof WidgetDescriptions, Name extends string> = {
  readonly [Event in Exclude<Words<WidgetDescriptions[Type]['events']>, 'match'>]?: Name
} & (Type extends 'split-based-on' ? { readonly match?: readonly Branch<Name>[] } : unknown)

/** A way out of a split: `{ equal_to: '1', next: 'sales' }`, or several conditions that all have to hold. */
export type Branch<Name extends string = string> = {
  /** Absent: the flow ends here. */
  readonly next?: Name
} & (ConditionSource | { readonly all: readonly ConditionSource[] })

/** How a comparison is called, `equal_to`. */
export type ConditionType = (typeof conditionTypes)[number]

/** One comparison, by its name, with what is compared: `{ contains: 'yes' }`. Blank checks take an empty text. */
export type ConditionSource = {
  [Type in ConditionType]: { readonly [Only in Type]: string } & {
    readonly [Other in Exclude<ConditionType, Type>]?: never
  }
}[ConditionType] & {
  readonly all?: never
  /** What is compared, where it is not the input of the split. */
  readonly argument?: string
  /** What the editor shows on the branch; default the value. */
  readonly label?: string
}

/** Keys and values: as an object, or as Studio has them, where an entry has a type. */
export type Pairs =
  | Readonly<Record<string, string>>
  | readonly {
      readonly key: string
      readonly value: string
      readonly type?: 'string' | 'json_object'
    }[]

/** The properties of a type of widget, with the JSON types that Studio asks of them. */
export type Properties<Type extends WidgetType> = PropertiesOf<WidgetDescriptions[Type]>

type PropertiesOf<D extends WidgetDescription> = {
  readonly [Name in Named<D, 'required'>]: ValueOf<D, Name>
} & {
  readonly [Name in Exclude<AnyName<D>, Named<D, 'required'>>]?: ValueOf<D, Name>
}

type ValueOf<D extends WidgetDescription, Name extends string> =
  Name extends Named<D, 'integers'>
    ? number
    : Name extends Named<D, 'booleans'>
      ? boolean
      : Name extends Named<D, 'pairs'>
        ? Pairs
        : Name extends Named<D, 'arrays'>
          ? readonly unknown[]
          : Name extends Named<D, 'objects'>
            ? Readonly<Record<string, unknown>>
            : Name extends keyof D['choices']
              ? Words<D['choices'][Name]>
              : string

type AnyName<D> = Named<D, 'strings' | 'integers' | 'booleans' | 'pairs' | 'arrays' | 'objects'>

type Named<D, List extends keyof WidgetDescription> = List extends keyof D ? Words<D[List]> : never

/** The names in a list parted by blanks. */
type Words<Text> = Text extends `${infer First} ${infer Rest}`
  ? First | Words<Rest>
  : Extract<Text, string>
