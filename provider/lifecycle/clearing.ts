import { isSet } from '../comparison/meaning.ts'
import type { HookContext, ResourceDescription } from '../description/description.ts'
import type { Properties } from '../protocol/values.ts'
import type { Parameter } from '../requests/client.ts'
import { sentInputs, toParameters } from '../requests/wire.ts'

/**
 * The parameters that set these inputs, or clear them where the program says nothing. What can't be emptied gets what it usually
 * has, as far as that can be told. What says how they are to be written goes along.
 */
export async function writtenParameters(
  resource: ResourceDescription,
  context: HookContext,
  names: readonly string[],
  before: Properties,
): Promise<Readonly<Record<string, Parameter>>> {
  const { properties } = context
  const usual: Record<string, unknown> = {}
  for (const name of names) {
    const ask = resource.usual?.[name]
    if (ask && !isSet(properties[name])) usual[name] = await ask(context)
  }
  const instructions = Object.entries(resource.instructions ?? {})
    .filter(([name, about]) => names.includes(about) && isSet(properties[name]))
    .map(([name]) => name)
  const sent = [...names, ...instructions].filter((name) => !(name in usual) || isSet(usual[name]))
  return toParameters(resource, { ...properties, ...usual }, sent, before)
}

/** Clears every input of an object that lasts as long as its parent. */
export async function clear(resource: ResourceDescription, context: HookContext): Promise<void> {
  const { client, path, properties } = context
  const nothing = { ...context, properties: {} }
  const parameters = await writtenParameters(resource, nothing, sentInputs(resource), properties)
  await client.send({ method: 'POST', host: resource.host, path, parameters })
}
