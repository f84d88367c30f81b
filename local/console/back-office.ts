import { CommandRefused } from './worker-commands.ts'

/** The functions' endpoints for the back office. The key stays here: pages ask the console. */
export interface BackOffice {
  /** Resolves to the answer's JSON; `command` says what could not be done, for the person who asked for it. */
  ask(command: string, path: string, body?: object): Promise<unknown>
}

const timeoutMs = 5_000

/** The back office over HTTP: a request with a body is a POST. */
export function createBackOffice(functionsUrl: string, key: string): BackOffice {
  return {
    async ask(command, path, body) {
      const answer = await fetch(functionsUrl + path, {
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', 'x-functions-key': key },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const result: unknown = await answer.json().catch(() => null)
      if (answer.ok) return result
      throw new CommandRefused(command, answer.status, reasonOf(result, answer.status))
    },
  }
}

function reasonOf(result: unknown, status: number): string {
  const given = typeof result === 'object' && result !== null && 'error' in result && result.error
  return typeof given === 'string' ? given : `answer ${status}`
}
