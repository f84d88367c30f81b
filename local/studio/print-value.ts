const widest = 100

/** A value as JSON, the lines after the first indented; in the manner of what surrounds it. */
export function printJson(value: unknown, indent: string, unit: string): string {
  return JSON.stringify(value, undefined, unit).replaceAll('\n', `\n${indent}`)
}

/** A value as the formatter writes TypeScript: in one line where it fits behind `before` letters of its line. */
export function printTypeScript(value: unknown, indent: string, before = indent.length): string {
  const line = oneLine(value)
  if (typeof value !== 'object' || value === null || before + line.length < widest) return line
  const inner = `${indent}  `
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', value.map((item) => printTypeScript(item, inner))]
    : [
        '{',
        '}',
        Object.entries(value).map(([key, item]) => {
          const name = `${printKey(key)}: `
          return name + printTypeScript(item, inner, inner.length + name.length)
        }),
      ]
  return [open, ...items.map((item) => `${inner}${item},`), `${indent}${close}`].join('\n')
}

/** A property’s name as TypeScript. */
export function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printText(key)
}

/** A text as TypeScript; references in it as calls. */
export function printText(text: string): string {
  const pieces = text.split(/((?<!\$)\$\{\w+\.[\w.-]+\})/).filter((piece) => piece !== '')
  if (pieces.every((piece) => !isReference(piece))) return quoted(text)
  const [only, ...others] = pieces.map(printPiece)
  if (only !== undefined && others.length === 0) return only
  const inTemplate = pieces.map((piece) =>
    isReference(piece) ? `\${${printPiece(piece)}}` : escapedForTemplate(piece),
  )
  return `\`${inTemplate.join('')}\``
}

/** A text’s piece between backquotes. */
export function escapedForTemplate(text: string): string {
  return text.replace(/[`\\]|\$\{/g, '\\$&').replaceAll('\n', '\\n')
}

function printPiece(piece: string): string {
  const [, kind = '', name = ''] = /^\$\{(\w+)\.([\w.-]+)\}$/.exec(piece) ?? []
  return isReference(piece) ? `reference.${kind}(${quoted(name)})` : quoted(piece)
}

function isReference(piece: string): boolean {
  return /^\$\{\w+\.[\w.-]+\}$/.test(piece)
}

function oneLine(value: unknown): string {
  if (typeof value === 'string') return printText(value)
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${oneLine(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

// Single quotes, unless that would take more escapes.
function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`
  return `'${escaped.replaceAll("'", "\\'")}'`
}
