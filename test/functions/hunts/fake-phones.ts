/** A leg as the fake knows it. */
export type FakeCall = {
  sid: string
  to: string
  status: string
  createdAt: number
  callback: string
  /** It was answered once. */
  answered: boolean
  /** The hunt was told how it is. */
  told: boolean
}

/** The legs that hunts ring, in memory. */
export type FakePhones = ReturnType<typeof createFakePhones>

/** `tell` gets what a status callback would. */
export function createFakePhones(now: () => number, tell: (call: FakeCall) => void) {
  const calls = new Map<string, FakeCall>()
  let count = 0
  const isLive = ({ status }: FakeCall) => ['queued', 'ringing', 'in-progress'].includes(status)
  const move = (call: FakeCall, status: string) => {
    if (!isLive(call)) return
    call.status = status
    call.answered ||= status === 'in-progress'
    tell(call)
  }
  return {
    calls,
    isLive,
    move,
    dial(to: string, callback: string): FakeCall {
      const sid = `CA${String(++count).padStart(32, '0')}`
      const status = 'ringing'
      const call = { sid, to, status, createdAt: now(), callback, answered: false, told: false }
      calls.set(sid, call)
      tell(call)
      return call
    },
    hangUp: (call: FakeCall) =>
      move(call, call.status === 'in-progress' ? 'completed' : 'canceled'),
  }
}
