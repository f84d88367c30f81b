import { emitKeypressEvents } from 'node:readline'

/** Single keys from a terminal. */
export interface Keys {
  close(): void
}

/** Calls the job of each key that is pressed; without a terminal on `input` nothing waits for any. */
export function readKeys(
  input: NodeJS.ReadStream,
  jobs: Readonly<Record<string, () => void>>,
): Keys | undefined {
  if (!input.isTTY) return undefined
  const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
    // In raw mode Ctrl-C is a key like others and must be made a signal again.
    if (key.ctrl && key.name === 'c') process.kill(process.pid, 'SIGINT')
    else if (!key.ctrl && key.name) jobs[key.name]?.()
  }
  emitKeypressEvents(input)
  input.setRawMode(true)
  input.on('keypress', onKey)
  input.resume()
  return {
    close() {
      input.off('keypress', onKey)
      input.setRawMode(false)
      input.pause()
    },
  }
}
