import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import { type Problem, withoutCredentials } from '../../schemas/index.ts'
import { type PropertyChange, sameValue } from '../comparison/property-diff.ts'
import type { Difference } from '../lifecycle/lifecycle.ts'
import type { AddressedChange } from '../words/readings.ts'
import { messages } from './rpc.ts'
import { encode, type Properties } from './values.ts'

/** The answer to Check and CheckConfig: the inputs as the state keeps them, and what is wrong with them. */
export function checkAnswer(
  inputs: Properties,
  secrets: ReadonlySet<string>,
  problems: readonly Problem[],
): messageTypes.CheckResponse {
  const answer = new messages.CheckResponse().setInputs(encode(inputs, secrets))
  for (const { path, message } of problems) {
    const reason = withoutCredentials(message)
    answer.addFailures(new messages.CheckFailure().setProperty(path).setReason(reason))
  }
  return answer
}

/**
 * The answer to Diff: every path refers to inputs on both sides. A document that is told by its reading is named beside it, for
 * `replaceOnChanges`.
 */
export function diffAnswer(
  difference: Omit<Difference, 'changes'> & { readonly changes: readonly AddressedChange[] },
): messageTypes.DiffResponse {
  const { changes, replaces, deleteBeforeReplace } = difference
  const answer = diffOf(changes.flatMap(({ of, property }) => [of, property]))
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true)
  for (const { path, of, kind } of changes) {
    const detail = new messages.PropertyDiff()
      .setKind(kindOf(kind, replaces.includes(of)))
      .setInputdiff(true)
    answer.getDetaileddiffMap().set(path, detail)
  }
  return answer
}

/** The answer to DiffConfig. Another account or region is another world: everything is replaced. Other credentials for the same one are not. */
export function configurationDiffAnswer(
  before: Properties,
  after: Properties,
): messageTypes.DiffResponse {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  // An engine adds its own version of this package; it says nothing about the account.
  names.delete('version')
  const changed = [...names].filter((name) => !sameValue(before[name], after[name]))
  const elsewhere = ['accountSid', 'region']
  return diffOf(changed).setReplacesList(changed.filter((name) => elsewhere.includes(name)))
}

function diffOf(properties: readonly string[]): messageTypes.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges
  return new messages.DiffResponse()
    .setChanges(properties.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList([...new Set(properties)])
}

function kindOf(kind: PropertyChange['kind'], replaces: boolean): messageTypes.PropertyDiff.Kind {
  const kinds = messages.PropertyDiff.Kind
  switch (kind) {
    case 'add':
      return replaces ? kinds.ADD_REPLACE : kinds.ADD
    case 'delete':
      return replaces ? kinds.DELETE_REPLACE : kinds.DELETE
    case 'update':
      return replaces ? kinds.UPDATE_REPLACE : kinds.UPDATE
    default:
      throw new Error(`Unknown kind of change ${kind satisfies never}`)
  }
}
