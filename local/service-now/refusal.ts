/** The Table API refuses: its status, and its error body. */
export class TableRefusal extends Error {
  override readonly name = 'TableRefusal'
  readonly status: number
  readonly detail: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    detail: string | null = null,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.status = status
    this.detail = detail
    this.headers = headers
  }
}

// What stands before an instance answers these while it is away, and its pages are for people.
const byGateway: readonly number[] = [502, 503, 504]

/** A refusal as ServiceNow words it. */
export function refusalResponse({ status, message, detail, headers }: TableRefusal): Response {
  if (byGateway.includes(status)) {
    return new Response(`<html><head><title>${status} ${message}</title></head></html>`, {
      status,
      headers: { ...headers, 'content-type': 'text/html' },
    })
  }
  const body = { error: { message, detail }, status: 'failure' }
  return Response.json(body, { status, headers })
}

/** What a developer instance says that nobody used for hours. */
export function sleepingPage(): Response {
  return new Response('<html><body>Your instance is hibernating</body></html>', {
    headers: { 'content-type': 'text/html' },
  })
}

export const notAuthenticated = () =>
  new TableRefusal(401, 'User Not Authenticated', 'Required to provide Auth information', {
    'www-authenticate': 'BASIC realm="Service-now"',
  })

export const noRecord = () =>
  new TableRefusal(
    404,
    'No Record found',
    "Record doesn't exist or ACL restricts the record retrieval",
  )

/** A refusal for no reason but that somebody asked for it. */
export function provokedRefusal(status: number): TableRefusal {
  switch (status) {
    case 401:
      return notAuthenticated()
    case 403:
      return new TableRefusal(403, 'User Not Authorized', 'Failed API level ACL Validation')
    case 404:
      return noRecord()
    case 429:
      return new TableRefusal(429, 'Rate limit exceeded', 'API rate limit exceeded', {
        'retry-after': '2',
      })
    case 502:
    case 503:
    case 504:
      return new TableRefusal(status, 'Service Unavailable')
    default:
      return new TableRefusal(status, 'Transaction cancelled: maximum execution time exceeded')
  }
}
