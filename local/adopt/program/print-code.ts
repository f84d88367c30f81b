import type { Code } from './code.ts'

// What Biome and Prettier do with the settings of this project: a value stays on its line as long as it fits.
const width = 100
const indent = '  '

/** Prints a statement that starts with `head`, `const workspace = ` for example. */
export function printStatement(head: string, code: Code): string {
  return head + print(code, 0, head.length, 0)
}

/** A text as a literal, in the quotes that need fewer escapes. */
export function quote(text: string): string {
  const singles = text.split("'").length
  const mark = singles > text.split('"').length ? '"' : "'"
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')
  return mark + escaped.replaceAll(mark, `\\${mark}`) + mark
}

/** Prints from this column on; `tail` characters follow the last line. */
function print(code: Code, level: number, column: number, tail: number): string {
  const line = flat(code)
  if (line !== undefined && column + line.length + tail <= width) return line
  switch (code.kind) {
    case 'literal':
    case 'name':
    case 'template':
      return flat(code) ?? ''
    case 'object':
      return block('{', '}', code.entries, level, ([key, value]) => entry(key, value, level + 1))
    case 'array':
      return code.items.every((item) => item.kind === 'literal' && typeof item.value === 'number')
        ? filled(
            code.items.map((item) => flat(item) ?? ''),
            level,
          )
        : block('[', ']', code.items, level, (item) =>
            print(item, level + 1, indent.length * (level + 1), 1),
          )
    case 'call':
      return printCall(code, level, column, tail)
    default:
      throw new Error(`no such code: ${JSON.stringify(code satisfies never)}`)
  }
}

// The last argument opens where the call stands, as long as those before it fit.
function printCall(
  code: Code & { kind: 'call' },
  level: number,
  column: number,
  tail: number,
): string {
  const last = code.args.at(-1)
  const before = code.args.slice(0, -1).map((arg) => flat(arg))
  const head = `${code.callee}(${before.map((text) => `${text}, `).join('')}`
  const hugs = last?.kind === 'object' || last?.kind === 'array'
  if (last && hugs && !before.includes(undefined) && column + head.length + 1 <= width) {
    return `${head}${print(last, level, column + head.length, tail + 1)})`
  }
  return block(`${code.callee}(`, ')', code.args, level, (arg) =>
    print(arg, level + 1, indent.length * (level + 1), 1),
  )
}

function entry(key: string, value: Code, level: number): string {
  if (value.kind === 'name' && value.text === key) return key
  const head = `${keyText(key)}: `
  const start = indent.length * level + head.length
  const line = flat(value)
  // Below a short key, a value would gain nothing.
  const moves =
    keyText(key).length >= 5 &&
    ((value.kind === 'literal' && typeof value.value === 'string') || value.kind === 'name')
  if (moves && line !== undefined && start + line.length + 1 > width) {
    return `${keyText(key)}:\n${indent.repeat(level + 1)}${line}`
  }
  return head + print(value, level, start, 1)
}

function block<T>(
  open: string,
  close: string,
  items: readonly T[],
  level: number,
  one: (item: T) => string,
): string {
  const pad = indent.repeat(level + 1)
  const lines = items.map((item) => `${pad}${one(item)},\n`)
  return `${open}\n${lines.join('')}${indent.repeat(level)}${close}`
}

// Numbers share lines.
function filled(items: readonly string[], level: number): string {
  const pad = indent.repeat(level + 1)
  const lines: string[] = []
  let line = pad
  for (const item of items) {
    const next = line === pad ? `${pad}${item},` : `${line} ${item},`
    if (next.length > width) {
      lines.push(line)
      line = `${pad}${item},`
    } else line = next
  }
  return `[\n${[...lines, line].join('\n')}\n${indent.repeat(level)}]`
}

/** On one line; undefined for what never is. */
function flat(code: Code): string | undefined {
  switch (code.kind) {
    case 'literal':
      return typeof code.value === 'string' ? quote(code.value) : String(code.value)
    case 'name':
      return code.text
    case 'template':
      return `pulumi.interpolate\`${code.parts
        .map((part) =>
          typeof part === 'string' ? part.replace(/[\\`]|\$\{/g, '\\$&') : `\${${flat(part)}}`,
        )
        .join('')}\``
    case 'object': {
      if (code.entries.length === 0) return '{}'
      if (code.open) return undefined
      const parts = code.entries.map(([key, value]) => {
        const text = flat(value)
        if (value.kind === 'name' && text === key) return key
        return text === undefined ? undefined : `${keyText(key)}: ${text}`
      })
      return parts.includes(undefined) ? undefined : `{ ${parts.join(', ')} }`
    }
    case 'array': {
      // Several records are easier to read below each other.
      if (code.items.length > 1 && code.items.every(isRecordOfSeveral)) return undefined
      const parts = code.items.map(flat)
      return parts.includes(undefined) ? undefined : `[${parts.join(', ')}]`
    }
    case 'call': {
      const parts = code.args.map(flat)
      return parts.includes(undefined) ? undefined : `${code.callee}(${parts.join(', ')})`
    }
    default:
      throw new Error(`no such code: ${JSON.stringify(code satisfies never)}`)
  }
}

function isRecordOfSeveral(code: Code): boolean {
  if (code.kind === 'object') return code.entries.length > 1
  return code.kind === 'array' && code.items.length > 1
}

function keyText(key: string): string {
  // Written plainly, it would set the prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key)
}
