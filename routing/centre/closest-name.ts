/** The known name that somebody who wrote `name` most likely meant; undefined if none is near. */
export function closestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = fold(name)
  // A third of the letters may be wrong, so that short names are not taken for each other.
  let allowed = Math.max(1, Math.floor(wanted.length / 3))
  let closest: string | undefined
  for (const candidate of known) {
    const distance = editDistance(wanted, fold(candidate))
    if (distance > allowed || (closest !== undefined && distance === allowed)) continue
    allowed = distance
    closest = candidate
  }
  return closest
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '')
}

// Levenshtein’s distance, one row at a time.
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return before[b.length] ?? 0
}
