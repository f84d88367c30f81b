/** A row of a table: every value a text. */
export type TableRow = {
  readonly sys_id: string
  readonly fields: Readonly<Record<string, string>>
}

type Condition = (row: TableRow) => boolean

// The longest first: `>=` is not `>` with a value that begins with `=`.
const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  ISNOTEMPTY: (value) => value !== '',
  ISEMPTY: (value) => value === '',
  STARTSWITH: (value, wanted) => lower(value).startsWith(lower(wanted)),
  'NOT IN': (value, wanted) => !wanted.split(',').includes(value),
  LIKE: (value, wanted) => lower(value).includes(lower(wanted)),
  IN: (value, wanted) => wanted.split(',').includes(value),
  '>=': (value, wanted) => compare(value, wanted) >= 0,
  '<=': (value, wanted) => compare(value, wanted) <= 0,
  '!=': (value, wanted) => value !== wanted,
  '=': (value, wanted) => value === wanted,
  '>': (value, wanted) => compare(value, wanted) > 0,
  '<': (value, wanted) => compare(value, wanted) < 0,
}
const pattern = new RegExp(`^([a-z_]+)(${Object.keys(operators).join('|')})(.*)$`, 's')

/**
 * Selects and sorts by an encoded query: conditions joined by `^` (and) and `^OR`, `ORDERBY<field>`, `ORDERBYDESC<field>`.
 * A condition that can't be read is left out, as ServiceNow does unless told otherwise.
 */
export function select<Row extends TableRow>(rows: readonly Row[], query: string): readonly Row[] {
  const alternatives: Condition[][] = []
  let order: ((a: TableRow, b: TableRow) => number) | undefined
  for (const part of query.split('^')) {
    const [, descending, by] = /^ORDERBY(DESC)?([a-z_]+)$/.exec(part) ?? []
    if (by !== undefined) {
      const sign = descending ? -1 : 1
      order = (a, b) => sign * compare(fieldOf(a, by), fieldOf(b, by))
      continue
    }
    const isOr = part.startsWith('OR')
    const condition = read(isOr ? part.slice(2) : part)
    if (!condition) continue
    // `a^b^ORc` is a and (b or c).
    const last = alternatives.at(-1)
    if (isOr && last) last.push(condition)
    else alternatives.push([condition])
  }
  const found = rows.filter((one) => alternatives.every((any) => any.some((is) => is(one))))
  return order ? found.toSorted(order) : found
}

function read(text: string): Condition | undefined {
  const [, name = '', operator = '', wanted = ''] = pattern.exec(text) ?? []
  const holds = operators[operator]
  return holds && ((row) => holds(fieldOf(row, name), wanted))
}

function fieldOf({ sys_id, fields }: TableRow, name: string): string {
  return name === 'sys_id' ? sys_id : (fields[name] ?? '')
}

function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  if (a !== '' && b !== '' && !Number.isNaN(difference)) return difference
  return a < b ? -1 : a > b ? 1 : 0
}

function lower(text: string): string {
  return text.toLowerCase()
}
