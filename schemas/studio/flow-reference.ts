/** What a flow may name in place of a SID or an address, which differ from stack to stack: `${workflow.calls}`. */
export const referenceKinds = [
  'workflow',
  'queue',
  'channel',
  'function',
  'flow',
  'number',
  'setting',
] as const

export type ReferenceKind = (typeof referenceKinds)[number]
