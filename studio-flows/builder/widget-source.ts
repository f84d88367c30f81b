import type { conditionTypes, Pairs, Property, WidgetDescriptions } from '../../schemas/index.ts'

/** Every type of widget that the builder knows: those whose properties and exits `schemas/studio/widgets.ts` describes. */
export type WidgetType = Exclude<keyof WidgetDescriptions, 'trigger'>

/** A widget of any type: its properties, where its exits lead (`on`), and its place on the canvas (`at`). */
export type WidgetSource<Name extends string = string> = {
  [Type in WidgetType]: WidgetOf<Type, Name>
}[WidgetType]

/** A widget of one type. */
export type WidgetOf<Type extends WidgetType, Name extends string> = {
  /** What it is, in Studio's word; `schemas/studio/widgets/` tells what each does. */
  readonly type: Type
  /** Exits that are not named end the flow. */
  readonly on?: Exits<Type, Name>
  /** x and y on the canvas. */
  readonly at?: Place
} & Properties<Type>

/** x and y of the left upper corner on the canvas; laid out when absent. */
export type Place = readonly [number, number]

/** Where the exits of a widget lead. A split has one list of branches, which are tried in their order, and `noMatch`. */
export type Exits<Type extends keyof WidgetDescriptions, Name extends string> = {
  readonly [Event in keyof WidgetDescriptions[Type]['exits'] as Exclude<Event, 'match'>]?: Name
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

/** The properties of a type of widget, with the values that Studio asks of them. */
export type Properties<Type extends WidgetType> = {
  readonly [Name in keyof WidgetDescriptions[Type]['required']]: ValueOf<
    WidgetDescriptions[Type]['required'][Name]
  >
} & {
  readonly [Name in keyof WidgetDescriptions[Type]['optional']]?: ValueOf<
    WidgetDescriptions[Type]['optional'][Name]
  >
}

/** Names of properties that are keys and values, whatever the type of the widget. */
export type PairName = {
  [Type in WidgetType]:
    | PairNameIn<WidgetDescriptions[Type]['required']>
    | PairNameIn<WidgetDescriptions[Type]['optional']>
}[WidgetType]

type PairNameIn<Described> = {
  [Name in keyof Described]: Described[Name] extends Property<Pairs> ? Name : never
}[keyof Described]

type ValueOf<Described> = Described extends Property<infer Value> ? Value : never
