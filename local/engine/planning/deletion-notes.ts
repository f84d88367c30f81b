import { defineSchema, Type } from '../../../schemas/index.ts'
import type { Entry } from '../state/snapshot.ts'
import type { PropertyMap } from '../values/property-value.ts'
import { packageOfType } from '../values/urn.ts'
import { callsDelete } from './execute-step.ts'
import { type Run, say } from './run.ts'

// Pulumi's protocol asks nothing before a deletion that is only planned. These packages have a function for that.
const packages: ReadonlySet<string> = new Set(['twilio'])

const answer = defineSchema(
  'notes about planned deletions',
  Type.Object({
    // A provider whose configuration is not known yet answers nothing.
    notes: Type.Optional(
      Type.Array(
        Type.Object({
          urn: Type.String(),
          severity: Type.Union([Type.Literal('info'), Type.Literal('warning')]),
          message: Type.String(),
          blocks: Type.Boolean(),
        }),
      ),
    ),
  }),
)

/** Says what providers know about these deletions, which are only planned: what they would hurt, what they leave. */
export async function noteDeletions(run: Run, planned: readonly Entry[]): Promise<void> {
  await Promise.all([...byProvider(planned)].map(([provider, own]) => ask(run, provider, own)))
}

/** Tells providers that these deletions follow, all of them, so that they know what goes together. */
export async function announceDeletions(run: Run, going: readonly Entry[]): Promise<void> {
  const told = [...byProvider(going)].map(async ([reference, entries]) => {
    try {
      await callFor(run, reference, entries, { announce: true })
    } catch {
      // Whatever is wrong shows again at the first deletion.
    }
  })
  await Promise.all(told)
}

function byProvider(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const entry of entries) {
    const { type, provider = '' } = entry.state
    if (!callsDelete(entry.state) || !packages.has(packageOfType(type))) continue
    found.set(provider, [...(found.get(provider) ?? []), entry])
  }
  return found
}

async function callFor(
  run: Run,
  reference: string,
  entries: readonly Entry[],
  how: PropertyMap,
): Promise<PropertyMap> {
  const deletions = entries.map(({ state: { urn, type, id = '', outputs = {} } }) => ({
    urn,
    type,
    id,
    properties: outputs,
  }))
  const provider = await run.registry.get(reference)
  const token = `${packageOfType(entries[0]?.state.type ?? '')}:index:getDeletionNotes`
  return (await provider.invoke(token, { deletions, ...how }, run.preview)).result
}

async function ask(run: Run, reference: string, entries: readonly Entry[]): Promise<void> {
  try {
    const result = await callFor(run, reference, entries, {})
    for (const { urn, severity, message, blocks } of answer.parse(result).notes ?? []) {
      // The provider has said so itself where it saw that a replacement is due.
      const said = run.diagnostics.some((each) => each.urn === urn && each.message === message)
      if (!said) say(run, severity, message, urn, blocks)
    }
  } catch (error) {
    // The plan is right all the same, and whatever is wrong here shows again when the deletions are carried out.
    const reason = error instanceof Error ? error.message : String(error)
    say(run, 'warning', `what these deletions would hurt can't be told: ${reason}`)
  }
}
