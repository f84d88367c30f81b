/** What one benchmark found, as a person reads it. */
export type BenchTable = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How it was measured, and what the ratios are against. */
  readonly notes: readonly string[]
}

/** Prints the table with aligned columns; the first column to the left, the others to the right. */
export function printTable({ title, columns, rows, notes }: BenchTable): void {
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => (row[i] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    widths
      .map((width, i) =>
        i === 0 ? (cells[i] ?? '').padEnd(width) : (cells[i] ?? '').padStart(width),
      )
      .join('  ')
  console.log(`\n${title}`)
  console.log(line(columns))
  console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const row of rows) console.log(line(row))
  for (const note of notes) console.log(`  ${note}`)
}
