/** Alarms by whole seconds, each at most `horizon` seconds ahead. An alarm is a small number; setting it again moves it. */
export type Wheel = {
  set(alarm: number, second: number): void
  cancel(alarm: number): void
  /** Takes the next alarm of this second; −1 when there is none left. */
  next(second: number): number
}

/** A wheel of doubly linked lists in typed arrays: every operation takes the same time, and nothing is allocated. */
export function createWheel(horizon: number, alarms: number): Wheel {
  const first = new Int32Array(horizon).fill(-1)
  const next = new Int32Array(alarms).fill(-1)
  const previous = new Int32Array(alarms).fill(-1)
  const slotOf = new Int32Array(alarms).fill(-1)

  function cancel(alarm: number): void {
    const slot = slotOf[alarm] ?? -1
    if (slot < 0) return
    const before = previous[alarm] ?? -1
    const after = next[alarm] ?? -1
    if (before < 0) first[slot] = after
    else next[before] = after
    if (after >= 0) previous[after] = before
    slotOf[alarm] = -1
  }

  return {
    cancel,
    set(alarm, second) {
      cancel(alarm)
      const slot = second % horizon
      const head = first[slot] ?? -1
      next[alarm] = head
      previous[alarm] = -1
      if (head >= 0) previous[head] = alarm
      first[slot] = alarm
      slotOf[alarm] = slot
    },
    next(second) {
      const alarm = first[second % horizon] ?? -1
      if (alarm >= 0) cancel(alarm)
      return alarm
    },
  }
}
