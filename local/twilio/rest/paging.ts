import { type Answer, type Call, ok } from './route.ts'

type Row = { readonly sid: string }

type Page<R> = {
  readonly rows: readonly R[]
  readonly number: number
  readonly size: number
  /** Index of the first row in the whole list. */
  readonly start: number
  /** Queries of the neighbouring pages; null where the list ends. */
  readonly first: string
  readonly previous: string | null
  readonly next: string | null
}

const DEFAULT_SIZE = 50
const MAX_SIZE = 1_000

/** One page of a list of the v1 APIs: the rows under `key`, and `meta`. */
export function pageV1<R extends Row>(
  call: Call,
  key: string,
  rows: Iterable<R>,
  toBody: (row: R) => unknown,
): Answer {
  const page = cut(call, rows)
  const base = call.url.origin + call.url.pathname
  const address = (query: string | null) => (query === null ? null : `${base}?${query}`)
  return ok({
    [key]: page.rows.map(toBody),
    meta: {
      page: page.number,
      page_size: page.size,
      first_page_url: address(page.first),
      previous_page_url: address(page.previous),
      url: call.url.href,
      next_page_url: address(page.next),
      key,
    },
  })
}

/** One page of a list of the API 2010: its addresses are relative to the host. */
export function page2010<R extends Row>(
  call: Call,
  key: string,
  rows: Iterable<R>,
  toBody: (row: R) => unknown,
): Answer {
  const page = cut(call, rows)
  const address = (query: string | null) =>
    query === null ? null : `${call.url.pathname}?${query}`
  return ok({
    [key]: page.rows.map(toBody),
    page: page.number,
    page_size: page.size,
    start: page.rows.length === 0 ? 0 : page.start,
    end: page.rows.length === 0 ? 0 : page.start + page.rows.length - 1,
    first_page_uri: address(page.first),
    previous_page_uri: address(page.previous),
    next_page_uri: address(page.next),
    uri: call.url.pathname + call.url.search,
  })
}

// A token names a row (`PA` after it, `PB` before it), so that rows that come and go do not shift the pages.
function cut<R extends Row>(call: Call, rows: Iterable<R>): Page<R> {
  const all = [...rows]
  const asked = call.query.integer('PageSize', { min: 1 }) ?? DEFAULT_SIZE
  const size = Math.min(asked, MAX_SIZE)
  const number = call.query.integer('Page', { min: 0 }) ?? 0
  const start = startOf(all, call.query.text('PageToken'), number, size)
  const page = all.slice(start, start + size)
  const last = page.at(-1)
  const first = page[0]
  const query = (pageNumber: number, token?: string) => {
    const search = new URLSearchParams(call.url.search)
    for (const name of ['PageSize', 'Page', 'PageToken']) search.delete(name)
    search.append('PageSize', String(size))
    search.append('Page', String(pageNumber))
    if (token) search.append('PageToken', token)
    return search.toString()
  }
  return {
    rows: page,
    number,
    size,
    start,
    first: query(0),
    previous: start > 0 && first ? query(Math.max(0, number - 1), `PB${first.sid}`) : null,
    next: last && start + size < all.length ? query(number + 1, `PA${last.sid}`) : null,
  }
}

function startOf(all: readonly Row[], token = '', number: number, size: number): number {
  const index = all.findIndex(({ sid }) => sid === token.slice(2))
  if (index === -1) return number * size
  return token.startsWith('PB') ? Math.max(0, index - size) : index + 1
}
