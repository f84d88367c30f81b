import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flowDocument, widgets, widgetTypes } from '../../schemas/index.ts'
import { type WidgetComments, widgetComments } from './widget-comments.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The JSON Schema of a flow for editors of texts: the one that a deployment checks with, and in it what the comments of
 * `schemas/studio/widgets/`, in that folder, say of each widget, property and exit.
 */
export async function flowSchema(folder: string): Promise<Json> {
  const files = (await readdir(folder)).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const comments: Readonly<Record<string, WidgetComments>> = Object.assign(
    {},
    ...texts.map(widgetComments),
  )
  const known = Object.keys(widgets)
  const types = [...known, ...widgetTypes.filter((type) => !known.includes(type))]
  const { properties, ...rest } = flowDocument.json as unknown as { readonly properties: Json }
  const { items, ...states } = properties['states'] as { readonly items: Json }
  const { properties: ofState, allOf } = items as {
    readonly properties: Json
    readonly allOf: readonly Json[]
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Studio flow',
    description: `A flow of Twilio Studio as its editor exports it; names in place of SIDs: \${workflow.calls}`,
    ...rest,
    properties: {
      ...properties,
      states: {
        ...states,
        items: {
          ...items,
          properties: {
            ...ofState,
            type: {
              description: 'what it is',
              anyOf: [
                { enum: types, enumDescriptions: types.map((type) => comments[type]?.about ?? '') },
                { type: 'string', minLength: 1 },
              ],
            },
          },
          allOf: allOf.map((rule) => described(rule, comments)),
        },
      },
    },
  }
}

// Of each type, what its properties and exits are.
function described(rule: Json, comments: Readonly<Record<string, WidgetComments>>): Json {
  const type = valueAt(rule, 'if', 'properties', 'type', 'const')
  const said = comments[String(type)]
  if (!said) return rule
  return change(
    change(rule, ['then', 'properties', 'properties', 'properties'], addText(said.properties)),
    ['then', 'properties', 'transitions', 'items', 'properties', 'event'],
    ({ enum: names }) => ({
      enum: names,
      enumDescriptions: (names as readonly string[]).map((name) => said.exits[name] ?? ''),
    }),
  )
}

function addText(texts: Readonly<Record<string, string | undefined>>) {
  return (properties: Json): Json =>
    Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => {
        const { description, ...rest } = schema as { readonly description?: string }
        const both = [texts[name], description].filter((text) => text !== undefined)
        return [name, { ...rest, description: both.join(' ') }]
      }),
    )
}

function valueAt(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], value)
}

function change(value: Json, [key, ...more]: readonly string[], to: (value: Json) => Json): Json {
  return key === undefined ? to(value) : { ...value, [key]: change(value[key] as Json, more, to) }
}
