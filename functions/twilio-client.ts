import RequestClient from 'twilio/lib/base/RequestClient.js'

/**
 * The HTTP client to hand to the official SDK (`twilio(sid, token, { httpClient })`) so that every host of
 * Twilio's is reached below one address: `https://taskrouter.twilio.com/v1/…` as `<baseUrl>/taskrouter.twilio.com/v1/…`.
 * Next-page addresses, which Twilio answers in full, go the same way.
 */
export function createRequestClient(baseUrl: string): RequestClient {
  return new RedirectedClient(baseUrl)
}

// The SDK takes a client only as a subclass of its own.
class RedirectedClient extends RequestClient {
  readonly #baseUrl: string

  constructor(baseUrl: string) {
    super()
    this.#baseUrl = baseUrl.replace(/\/+$/, '')
  }

  override request<T>(options: RequestClient.RequestOptions<T>) {
    return super.request<T>({ ...options, uri: redirectTwilio(options.uri, this.#baseUrl) })
  }
}

// The address below `baseUrl` (no trailing slash) at which a Twilio address is reached; others are left alone.
function redirectTwilio(address: string, baseUrl: string): string {
  return address.replace(/^https:\/\/(?=([a-z0-9-]+\.)*twilio\.com(:\d+)?(\/|$))/i, `${baseUrl}/`)
}
