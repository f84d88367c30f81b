import type { Clock, Timer } from '../../clock.ts'
import type { MessageRow } from './message.ts'

/** The queues of the numbers: each sends one message after another, as fast as carriers take its segments. */
export interface SendingLines {
  /** It is taken as soon as its number (`from`) is free and all before it are gone. */
  add(row: MessageRow): void
  /** Gives up its place in the queue, if it has one. */
  remove(row: MessageRow): void
  /** Until when the number is busy with what it was given, or since when it has been free; 0 when it has never sent. */
  busyUntil(from: string): number
  close(): void
}

/** What the lines need. */
export type SendingLinesOptions = {
  readonly clock: Clock
  readonly segmentsPerSecond: number
  /** A message's turn; false when it is not sent, so that the next one may go at once. */
  take(row: MessageRow): boolean
}

type Line = {
  /** When it has sent what it took. */
  freeAt: number
  /** Segments that wait. */
  segments: number
  readonly waiting: Map<string, MessageRow>
  turn: Timer | undefined
}

/** No number has anything to send. */
export function createSendingLines(options: SendingLinesOptions): SendingLines {
  const { clock, segmentsPerSecond } = options
  const lines = new Map<string, Line>()

  function arm(line: Line): void {
    line.turn ??= clock.schedule(Math.max(clock.now(), line.freeAt), () => {
      line.turn = undefined
      takeNext(line)
    })
  }

  function takeNext(line: Line): void {
    for (const row of line.waiting.values()) {
      drop(line, row)
      if (!options.take(row)) continue
      line.freeAt = clock.now() + (row.segments * 1_000) / segmentsPerSecond
      break
    }
    if (line.waiting.size > 0) arm(line)
  }

  return {
    add(row) {
      const from = row.from ?? ''
      const line = lines.get(from) ?? {
        freeAt: 0,
        segments: 0,
        waiting: new Map(),
        turn: undefined,
      }
      lines.set(from, line)
      line.waiting.set(row.sid, row)
      line.segments += row.segments
      arm(line)
    },
    remove(row) {
      const line = lines.get(row.from ?? '')
      if (line) drop(line, row)
    },
    busyUntil(from) {
      const line = lines.get(from)
      if (!line) return 0
      if (line.segments === 0) return line.freeAt
      return Math.max(line.freeAt, clock.now()) + (line.segments * 1_000) / segmentsPerSecond
    },
    close() {
      for (const { turn } of lines.values()) turn?.cancel()
      lines.clear()
    },
  }
}

function drop(line: Line, { sid }: MessageRow): void {
  const row = line.waiting.get(sid)
  if (!row) return
  line.waiting.delete(sid)
  line.segments -= row.segments
}
