/** A leg as the fake knows it. */
export type FakeCall = {
  sid: string
  to: string
  status: string
  callback: string
  /** What is asked for TwiML when it is answered; null: it is in the conference then. */
  url: string | null
  /** Its name in the conference, where it is to be in one. */
  label: string | null
  /** It was answered once. */
  answered: boolean
  /** It was in the conference once. */
  joined: boolean
  /** The hunt was told how it is. */
  told: boolean
}

/** The legs that hunts ring, in memory. */
export type FakePhones = ReturnType<typeof createFakePhones>

/** `tell` gets what a status callback would; `ask` is a call that was answered, or on which a key was pressed. */
export function createFakePhones(
  tell: (call: FakeCall) => void,
  ask: (call: FakeCall, url: string) => void,
) {
  const calls = new Map<string, FakeCall>()
  let count = 0
  const isLive = ({ status }: FakeCall) => ['queued', 'ringing', 'in-progress'].includes(status)
  const move = (call: FakeCall, status: string) => {
    if (!isLive(call)) return
    call.status = status
    call.answered ||= status === 'in-progress'
    call.joined ||= call.answered && call.url === null
    tell(call)
    if (status === 'in-progress' && call.url !== null) ask(call, call.url)
  }
  return {
    calls,
    isLive,
    move,
    dial(to: string, callback: string, url: string | null, label: string | null): FakeCall {
      const sid = `CA${String(++count).padStart(32, '0')}`
      const call = {
        ...{ sid, to, status: 'ringing', callback, url, label },
        ...{ answered: false, joined: false, told: false },
      }
      calls.set(sid, call)
      tell(call)
      return call
    },
    hangUp: (call: FakeCall) =>
      move(call, call.status === 'in-progress' ? 'completed' : 'canceled'),
  }
}
