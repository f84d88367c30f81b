const around = 3

/** The difference of two texts as `diff -u` prints it; empty when there is none. */
export function unifiedDiff(before: string, after: string, name: string): string {
  const [olds, news] = [before.split('\n'), after.split('\n')]
  const lines = compare(olds, news)
  if (lines.every(({ mark }) => mark === ' ')) return ''
  const hunks = hunksOf(lines)
  return [`--- a/${name}`, `+++ b/${name}`, ...hunks].join('\n')
}

type Line = { readonly mark: ' ' | '-' | '+'; readonly text: string }

// The longest common subsequence, between what is equal at both ends.
function compare(olds: readonly string[], news: readonly string[]): readonly Line[] {
  let head = 0
  while (head < olds.length && head < news.length && olds[head] === news[head]) head += 1
  let tail = 0
  while (
    tail < olds.length - head &&
    tail < news.length - head &&
    olds[olds.length - 1 - tail] === news[news.length - 1 - tail]
  ) {
    tail += 1
  }
  const a = olds.slice(head, olds.length - tail)
  const b = news.slice(head, news.length - tail)
  const same = (text: string): Line => ({ mark: ' ', text })
  return [
    ...olds.slice(0, head).map(same),
    ...middle(a, b),
    ...olds.slice(olds.length - tail).map(same),
  ]
}

function middle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1))
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i]
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const lines: Line[] = []
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [old, fresh] = [a[i], b[j]]
    if (old !== undefined && old === fresh) {
      lines.push({ mark: ' ', text: old })
      i += 1
      j += 1
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ mark: '-', text: old })
      i += 1
    } else {
      lines.push({ mark: '+', text: fresh ?? '' })
      j += 1
    }
  }
  return lines
}

function hunksOf(lines: readonly Line[]): readonly string[] {
  const shown = lines.map((_, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some(({ mark }) => mark !== ' '),
  )
  const output: string[] = []
  let [old, fresh] = [1, 1]
  for (let i = 0; i < lines.length; ) {
    let end = i
    while (end < lines.length && shown[end] === shown[i]) end += 1
    const part = lines.slice(i, end)
    const olds = part.filter(({ mark }) => mark !== '+').length
    const news = part.filter(({ mark }) => mark !== '-').length
    if (shown[i]) {
      output.push(
        `@@ -${old},${olds} +${fresh},${news} @@`,
        ...part.map(({ mark, text }) => mark + text),
      )
    }
    old += olds
    fresh += news
    i = end
  }
  return output
}
