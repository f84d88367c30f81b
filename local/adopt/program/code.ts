/** A piece of TypeScript, as far as exported programs need it. */
export type Code =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** A variable, or what lies in one: `queues.spanish.sid`. */
  | { readonly kind: 'name'; readonly text: string }
  | {
      readonly kind: 'object'
      readonly entries: readonly (readonly [string, Code])[]
      /** Always a line for each entry. */
      readonly open?: boolean
    }
  | { readonly kind: 'array'; readonly items: readonly Code[] }
  /** Text with outputs in it. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Code)[] }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Code[] }

/** A variable, or what lies in one. */
export function name(text: string): Code {
  return { kind: 'name', text }
}

/** A text, number, boolean or null. */
export function literal(value: string | number | boolean | null): Code {
  return { kind: 'literal', value }
}

/** A call of a function, or with `new` in front of a constructor. */
export function call(callee: string, ...args: readonly Code[]): Code {
  return { kind: 'call', callee, args }
}
