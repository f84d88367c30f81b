/** Whether a text is filled in when its step begins. */
export function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && /\{[{%]/.test(value)
}

/** A piece of Liquid within a text. */
export type TemplatePiece = {
  readonly kind: 'output' | 'tag'
  /** What stands between the braces. */
  readonly text: string
}

/** The pieces of Liquid in a text; `open` is the piece that has no end, if there is one. */
export function templatePieces(text: string): {
  readonly pieces: readonly TemplatePiece[]
  readonly open: string | undefined
} {
  const pieces: TemplatePiece[] = []
  for (let from = 0; ; ) {
    const at = text.slice(from).search(/\{[{%]/)
    if (at < 0) return { pieces, open: undefined }
    const start = from + at
    const kind = text[start + 1] === '%' ? 'tag' : 'output'
    const end = text.indexOf(kind === 'tag' ? '%}' : '}}', start + 2)
    const inner = end < 0 ? '' : text.slice(start + 2, end)
    if (end < 0 || /\{[{%]/.test(inner)) return { pieces, open: text.slice(start, start + 40) }
    pieces.push({ kind, text: inner.replace(/^-|-$/g, '').trim() })
    from = end + 2
    // Between these nothing is filled in.
    const verbatim = /^(raw|comment)$/.exec(pieces.at(-1)?.text ?? '')?.[1]
    if (kind === 'tag' && verbatim) {
      const close = new RegExp(`\\{%-?\\s*end${verbatim}`).exec(text.slice(from))
      if (close) from += close.index
    }
  }
}

/** A piece without what it quotes. */
export function withoutQuotes(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"/g, '""')
}

/** The text with something harmless in place of each output, so that the rest can be judged. */
export function withoutOutputs(text: string, instead = '0'): string {
  return text.replace(/\{\{.*?\}\}/gs, instead)
}
