/** A reservation as the fake knows it. */
export type FakeReservation = { sid: string; workerSid: string; status: string }

/** A task as the fake knows it. */
export type FakeTask = {
  sid: string
  attributes: { hunt_id: string; hunt_task: string; offered_to: string[]; hunt_waits?: boolean }
  status: string
  reservations: FakeReservation[]
}

/** TaskRouter in memory, as far as hunts use it: several reservations at once, and tasks that are offered again. */
export type FakeTaskRouter = ReturnType<typeof createFakeTaskRouter>

/** `tell` gets what an event callback would. */
export function createFakeTaskRouter(
  workers: ReadonlyMap<string, { available: boolean }>,
  tell: (eventType: string, task: FakeTask, more?: Record<string, string>) => void,
) {
  const tasks = new Map<string, FakeTask>()
  let count = 0
  const newSid = (prefix: string) => `${prefix}${String(++count).padStart(32, '0')}`
  const isBusy = (workerSid: string) =>
    [...tasks.values()].some(({ reservations }) =>
      reservations.some(
        (one) => one.workerSid === workerSid && ['pending', 'accepted'].includes(one.status),
      ),
    )

  function offer(task: FakeTask): void {
    if (task.status !== 'pending') return
    const free = task.attributes.offered_to.filter(
      (sid) => workers.get(sid)?.available && !isBusy(sid),
    )
    for (const workerSid of free.slice(0, 50)) {
      task.status = 'reserved'
      const reservation = { sid: newSid('WR'), workerSid, status: 'pending' }
      task.reservations.push(reservation)
      told(task, reservation, 'created')
    }
  }
  const offerAll = () => {
    for (const task of tasks.values()) offer(task)
  }
  const told = (task: FakeTask, { sid, workerSid }: FakeReservation, what: string) =>
    tell(`reservation.${what}`, task, { ReservationSid: sid, WorkerSid: workerSid })
  const endPending = (task: FakeTask, status: string) => {
    for (const one of task.reservations) {
      if (one.status !== 'pending') continue
      one.status = status
      told(task, one, status)
    }
  }

  return {
    tasks,
    offerAll,
    create(attributes: FakeTask['attributes']): FakeTask {
      const task: FakeTask = { sid: newSid('WT'), attributes, status: 'pending', reservations: [] }
      tasks.set(task.sid, task)
      offer(task)
      return task
    },
    setAttributes(task: FakeTask, attributes: FakeTask['attributes']): void {
      task.attributes = attributes
      offer(task)
    },
    /** Undefined when the task's state does not allow it. */
    end(task: FakeTask, status: string, reason: string): FakeTask | undefined {
      const from = status === 'canceled' ? ['pending', 'reserved'] : ['assigned', 'wrapping']
      if (!from.includes(task.status)) return undefined
      task.status = status
      endPending(task, 'canceled')
      for (const one of task.reservations) if (one.status === 'accepted') one.status = 'completed'
      tell(`task.${status}`, task, { TaskCanceledReason: reason })
      offerAll()
      return task
    },
    /** Undefined when it is no longer pending. */
    answer(task: FakeTask, sid: string, status: string): FakeReservation | undefined {
      const one = task.reservations.find((reservation) => reservation.sid === sid)
      if (one?.status !== 'pending') return undefined
      one.status = status
      told(task, one, status)
      if (status === 'accepted') {
        task.status = 'assigned'
        endPending(task, 'rescinded')
      } else if (task.reservations.every((reservation) => reservation.status !== 'pending')) {
        task.status = 'pending'
      }
      offerAll()
      return one
    },
  }
}
