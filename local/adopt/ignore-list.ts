import { Failure } from '../failure.ts'
import type { AccountObject } from './find-objects.ts'

/** Objects that nobody wants to adopt. */
export interface IgnoreList {
  ignores(object: AccountObject): boolean
  /** Lines that no object fitted so far. */
  unused(): readonly string[]
}

/**
 * Reads an ignore list: a line names a type and an id or a name, with `*` for anything; `#` starts a comment.
 * `twilio:phoneNumbers:IncomingPhoneNumber +1202*` ignores some numbers, `* WS…*` everything of a workspace.
 */
export function readIgnoreList(text: string, file: string): IgnoreList {
  const rules = text.split('\n').flatMap((written, i) => {
    const line = written.replace(/(^|\s)#.*$/, '').trim()
    if (line === '') return []
    const [, type, object] = /^(\S+)\s+(.+)$/.exec(line) ?? []
    if (type === undefined || object === undefined) {
      throw new Failure(
        'ignore-list',
        `${file}, line ${i + 1}: “${line}” is no type and object.`,
        'Write both, for example: twilio:taskrouter:TaskQueue Overflow (or its id; * stands for anything)',
      )
    }
    return [{ line, type: pattern(type), object: pattern(object), used: false }]
  })
  return {
    ignores({ type, id, name }) {
      const fitting = rules.filter(
        (rule) => rule.type.test(type.token) && (rule.object.test(id) || rule.object.test(name)),
      )
      for (const rule of fitting) rule.used = true
      return fitting.length > 0
    },
    unused: () => rules.filter(({ used }) => !used).map(({ line }) => line),
  }
}

function pattern(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
