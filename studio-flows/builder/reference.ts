import type { ReferenceKind, routes } from '../../schemas/index.ts'

/**
 * Names in place of SIDs and addresses, which differ from stack to stack: `reference.workflow('calls')` is `${workflow.calls}`. The
 * component `StudioFlow` puts the SID in, and refuses a name that it does not know.
 */
export const reference = {
  /** SID of a workflow. */
  workflow: (name) => named('workflow', name),
  /** SID of a task queue. */
  queue: (name) => named('queue', name),
  /** SID of a task channel. */
  channel: (name) => named('channel', name),
  /** Address of a function, by its name in `schemas/routes.ts`. */
  function: (name) => named('function', name),
  /** SID of another flow. */
  flow: (name) => named('flow', name),
  /** A phone number, E.164. */
  number: (name) => named('number', name),
  /** A text that the program hands in. */
  setting: (name) => named('setting', name),
} as const satisfies References

type References = {
  readonly [Kind in ReferenceKind]: (
    name: Kind extends 'function' ? keyof typeof routes : string,
  ) => string
}

function named(kind: ReferenceKind, name: string): string {
  return `\${${kind}.${name}}`
}
