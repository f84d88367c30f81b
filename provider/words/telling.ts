import type { Problem } from '../../schemas/index.ts'
import { type PropertyChange, sameValue } from '../comparison/property-diff.ts'
import type { ResourceDescription } from '../description/description.ts'
import type { LogLine, Tell } from '../protocol/engine-log.ts'
import type { Decoded, Properties } from '../protocol/values.ts'
import type { Names } from './names.ts'
import { readChanges } from './readings.ts'
import { sentencesOf } from './sentences.ts'

/** Tells the engine what changes, each thing once. */
export interface Telling {
  /** A refresh found these inputs; the Diff that follows has its sides swapped: from what is to what was. */
  refreshed(urn: string, found: Properties): void
  /** The program's inputs were checked: what follows is a plan. */
  checked(urn: string): void
  /** Warns of these, unless that has been said of the resource already. */
  warn(urn: string, problems: readonly Problem[]): Promise<void>
  /** Says this of the resource, unless it has been said of it already. */
  note(urn: string, severity: LogLine['severity'], message: string): Promise<void>
  /** Something was done with the resource: whatever is said next is new. */
  done(urn: string): void
  /** Says what differs, a sentence a change, unless that was the last that was said of the resource. */
  tellDifference(about: Compared, changes: readonly PropertyChange[]): Promise<void>
}

/** What a Diff compares. */
export type Compared = {
  readonly urn: string
  readonly resource: ResourceDescription
  readonly before: Decoded
  readonly after: Decoded
}

/** Nothing told yet. */
export function createTelling(tell: Tell, names: Names): Telling {
  const found = new Map<string, Properties>()
  const said = new Map<string, string>()
  const noted = new Set<string>()

  function isDrift(urn: string, before: Properties): boolean {
    const inputs = found.get(urn)
    found.delete(urn)
    return inputs !== undefined && sameValue(inputs, before)
  }

  const note: Telling['note'] = async (urn, severity, message) => {
    if (noted.has(`${urn} ${message}`)) return
    noted.add(`${urn} ${message}`)
    await tell(message, { urn, severity })
  }

  return {
    refreshed(urn, inputs) {
      found.set(urn, inputs)
      said.delete(urn)
    },
    async warn(urn, problems) {
      for (const { path, message } of problems) await note(urn, 'warning', `${path}: ${message}`)
    },
    note,
    checked: (urn) => void found.delete(urn),
    done: (urn) => void said.delete(urn),
    async tellDifference(about, changes) {
      const { urn, before, after } = about
      const drift = isDrift(urn, before.values)
      const sentences = drift
        ? sentencesAbout({ ...about, before: after, after: before }, changes, names)
        : sentencesAbout(about, changes, names)
      const all = sentences.join('\n')
      if (all === '' || said.get(urn) === all) return
      said.set(urn, all)
      // One after the other, so that they stand in this order.
      for (const sentence of sentences) {
        await tell(drift ? `changed at Twilio: ${sentence}` : sentence, { urn })
      }
    },
  }
}

function sentencesAbout(
  { resource, before, after }: Compared,
  changes: readonly PropertyChange[],
  names: Names,
): readonly string[] {
  const isSecret = (name: string) => before.secrets.has(name) || after.secrets.has(name)
  const told = readChanges(resource, changes, before.values, after.values, names)
  const hidden = Object.values(resource.readings ?? {}).some(({ of }) => isSecret(of))
  const notes = hidden ? [] : (resource.notes?.(before.values, after.values, names) ?? [])
  return [...sentencesOf(told.filter(({ reading }) => !isSecret(reading.of))), ...notes]
}
