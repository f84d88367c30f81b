import { WebSocket } from 'ws'
import type { ConsoleMessage, ConsoleRequest } from '../console/index.ts'

/** The live connection to a running centre, as its page has one. */
export type Live = {
  /** Ends when the centre goes away, or at `close`. */
  readonly messages: AsyncIterable<ConsoleMessage>
  readonly send: (request: ConsoleRequest) => void
  readonly close: () => void
}

/** Connects to the console at this address. */
export function openLive(consoleUrl: string): Live {
  const socket = new WebSocket(`${consoleUrl.replace(/^http/, 'ws')}/live`)
  return {
    messages: messagesOf(socket),
    send: (request) => socket.send(JSON.stringify(request)),
    close: () => socket.close(),
  }
}

async function* messagesOf(socket: WebSocket): AsyncGenerator<ConsoleMessage> {
  const queue: ConsoleMessage[] = []
  let wake = () => {}
  let open = true
  socket.on('message', (data) => {
    queue.push(JSON.parse(String(data)))
    wake()
  })
  const end = () => {
    open = false
    wake()
  }
  socket.on('close', end)
  socket.on('error', end)
  while (open || queue.length > 0) {
    const next = queue.shift()
    if (next) yield next
    else await new Promise<void>((resolve) => (wake = resolve))
  }
}
