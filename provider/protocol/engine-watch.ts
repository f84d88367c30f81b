import { connect } from 'node:net'

const INTERVAL_MS = 2_000
// One refusal may be a busy moment of the engine.
const REFUSALS = 2

/**
 * Calls `gone` once nobody listens at the engine's address. An engine ends its providers itself; one that was killed
 * cannot, be it before they looked for the first time, and its providers would stay for good.
 */
export function watchEngine(address: string, gone: () => void): void {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at)
  const port = Number(address.slice(at + 1))
  let refusals = 0
  const look = () => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      refusals = 0
      socket.destroy()
    })
    socket.once('error', () => {
      if (++refusals < REFUSALS) return
      clearInterval(timer)
      gone()
    })
  }
  look()
  const timer = setInterval(look, INTERVAL_MS)
  timer.unref()
}
