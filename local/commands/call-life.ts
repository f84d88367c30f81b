import type { ConsoleMessage, ConsoleRequest } from '../console/index.ts'

/** A call to be placed and followed. */
export type FollowedCall = {
  readonly messages: AsyncIterable<ConsoleMessage>
  readonly send: (request: ConsoleRequest) => void
  readonly print: (line: string) => void
  /** Runs a job later; the result cancels it. */
  readonly schedule: (seconds: number, job: () => void) => () => void
  readonly from: string
  /** Default: the centre's first number. */
  readonly to?: string
  readonly digits: string
  readonly talkSeconds: number
  readonly waitSeconds: number
}

const CALL_REQUEST = 1

/** Places the call, prints its life, and returns the exit code: 0 when it was answered and completed. */
export async function followCall(call: FollowedCall): Promise<number> {
  const { print, send, schedule } = call
  let lastId = CALL_REQUEST
  let callSid: string | undefined
  let placed = false
  let pressed = false
  let answered = false
  let cancelTimer = () => {}
  // Events of the new call may come before the answer that tells its SID.
  const early: Extract<ConsoleMessage, { kind: 'event' }>['event'][] = []

  const hangUp = (why: string) => {
    if (!callSid) return
    print(why)
    send({ id: ++lastId, kind: 'hangUp', callSid })
  }
  const printEvent = (event: (typeof early)[number]) => {
    if (event.callSid !== callSid) return
    print(`${new Date(event.at).toLocaleTimeString('en-GB')}  ${event.text}`)
    if (event.name === 'call.gather' && call.digits && !pressed) press()
    if (event.name === 'reservation.accepted') answer()
  }
  const press = () => {
    if (!callSid) return
    pressed = true
    send({ id: ++lastId, kind: 'press', callSid, digits: call.digits })
  }
  const answer = () => {
    if (answered) return
    answered = true
    cancelTimer()
    cancelTimer = schedule(call.talkSeconds, () => hangUp('The caller hangs up.'))
  }

  try {
    for await (const message of call.messages) {
      switch (message.kind) {
        case 'state': {
          const { view } = message.state
          if (!placed) {
            const to = call.to ?? view.numbers[0]?.phoneNumber
            if (!to) {
              print('The centre has no number yet; is the stack up? (npm run up)')
              return 1
            }
            placed = true
            print(`${call.from} calls ${to}`)
            send({ id: CALL_REQUEST, kind: 'call', from: call.from, to })
          }
          const leg = view.calls.find(({ sid }) => sid === callSid)
          if (!leg || !callSid) break
          const task = view.tasks.find(({ attributes }) => attributes['call_sid'] === callSid)
          if (task?.status === 'assigned') answer()
          if (leg.endedAt === null) break
          const seconds = Math.round((leg.endedAt - leg.startedAt) / 1000)
          const outcome = answered ? 'answered' : 'not answered'
          print(`The call is over: ${leg.status}, ${outcome}, ${seconds} s.`)
          return answered && leg.status === 'completed' ? 0 : 1
        }
        case 'done':
          if (message.id !== CALL_REQUEST) break
          callSid = message.callSid
          for (const event of early) printEvent(event)
          cancelTimer = schedule(call.waitSeconds, () =>
            hangUp(`Nobody answered within ${call.waitSeconds} s; the caller gives up.`),
          )
          break
        case 'refused':
          print(message.message)
          if (message.id === CALL_REQUEST) return 1
          break
        case 'event':
          if (callSid) printEvent(message.event)
          else if (placed) early.push(message.event)
          break
        case 'change':
        case 'hunts':
        case 'incidents':
          break
        default:
          throw new Error(`unknown message ${JSON.stringify(message satisfies never)}`)
      }
    }
    print('The centre went away.')
    return 1
  } finally {
    cancelTimer()
  }
}
