import type { ConsoleMessage, ConsoleRequest, RequestResult } from '../messages.ts'

// A request without the number that the connection gives it.
type WithoutId<Request> = Request extends ConsoleRequest ? Omit<Request, 'id'> : never
export type PageRequest = WithoutId<ConsoleRequest>
type Answer = Extract<ConsoleMessage, { kind: 'done' | 'refused' }>

/** The page's line to the centre. It comes back by itself after every break. */
export interface Connection {
  /** Resolves when the centre did it; rejects with its reason. */
  send(request: PageRequest): Promise<RequestResult>
}

/** What the page wants to hear. */
export type ConnectionListeners = {
  readonly onMessage: (message: ConsoleMessage) => void
  readonly onOpen: () => void
  readonly onClose: () => void
}

const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5_000

/** Connects to the centre that served this page. */
export function connect(listeners: ConnectionListeners): Connection {
  const waiting = new Map<number, (answer: Answer) => void>()
  let socket: WebSocket | undefined
  let lastId = 0
  let waitMs = FIRST_WAIT_MS

  function open(): void {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
    const opened = new WebSocket(`${scheme}//${location.host}/live`)
    opened.addEventListener('open', () => {
      socket = opened
      waitMs = FIRST_WAIT_MS
      listeners.onOpen()
    })
    opened.addEventListener('message', ({ data }) => receive(JSON.parse(String(data))))
    opened.addEventListener('close', () => {
      socket = undefined
      for (const [id, answer] of waiting) {
        answer({ kind: 'refused', id, message: 'the connection was lost' })
      }
      waiting.clear()
      listeners.onClose()
      setTimeout(open, waitMs)
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    })
  }

  function receive(message: ConsoleMessage): void {
    if (message.kind === 'done' || message.kind === 'refused') {
      waiting.get(message.id)?.(message)
      waiting.delete(message.id)
    } else {
      listeners.onMessage(message)
    }
  }

  open()
  return {
    send(request) {
      return new Promise((resolve, reject) => {
        if (!socket) return reject(new Error('The centre is not connected.'))
        const id = ++lastId
        waiting.set(id, (answer) =>
          answer.kind === 'done' ? resolve(answer) : reject(new Error(answer.message)),
        )
        socket.send(JSON.stringify({ id, ...request }))
      })
    },
  }
}
