import { mostDefinitionBytes } from '../../../schemas/index.ts'
import { isObject, parseJson } from '../rest/json-parameter.ts'
import type { Parameters } from '../rest/parameters.ts'
import { badRequest, TwilioRefusal } from '../rest/refusal.ts'
import { checkDefinition } from './check-definition.ts'
import type { FlowLibrary } from './execution/surroundings.ts'
import { countWidgets } from './execution/widget-count.ts'
import type { Finding } from './findings.ts'

/** One saved state of a flow. */
export type Revision = {
  /** Counts from 1. */
  readonly number: number
  readonly friendlyName: string
  readonly status: 'draft' | 'published'
  readonly definition: Readonly<Record<string, unknown>>
  readonly commitMessage: string | null
  readonly warnings: readonly Finding[]
  readonly dateCreated: number
}

/**
 * The revision that a form makes, after the one before it: a name or a definition that is not sent stays as it was.
 * Refuses a definition with errors, draft or not, and tells all of them.
 */
export function readRevision(
  form: Parameters,
  before: Revision | undefined,
  now: number,
  flows: FlowLibrary,
): Revision {
  const friendlyName = before
    ? (form.text('FriendlyName') ?? before.friendlyName)
    : form.required('FriendlyName')
  const status = form.requiredOneOf('Status', ['draft', 'published'])
  const text = before ? form.text('Definition') : form.required('Definition')
  const read = text === undefined ? undefined : readDefinition(text, flows)
  return {
    number: (before?.number ?? 0) + 1,
    friendlyName,
    status,
    definition: read?.definition ?? before?.definition ?? {},
    commitMessage: form.text('CommitMessage') || null,
    warnings: read?.warnings ?? before?.warnings ?? [],
    dateCreated: now,
  }
}

function readDefinition(
  text: string,
  flows: FlowLibrary,
): Pick<Revision, 'definition' | 'warnings'> {
  if (Buffer.byteLength(text) > mostDefinitionBytes) {
    throw badRequest(`Definition has more than ${mostDefinitionBytes} bytes`)
  }
  const definition = parseJson('Definition', text)
  const { errors, warnings } = checkDefinition(definition, (states) => countWidgets(states, flows))
  if (errors.length === 0 && isObject(definition)) return { definition, warnings }
  const message = 'Flow definition validation failed, see details for a full list of errors'
  throw new TwilioRefusal(400, 81022, message, {}, { errors, warnings })
}
