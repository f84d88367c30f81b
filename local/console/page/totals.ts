import { element, formatDuration, setText } from '../../../web/index.ts'
import type { ConsoleState } from '../messages.ts'
import { isOfHunt } from './centre-state.ts'

/** The figures in the header: who waits, for how long, and how many agents could answer. */
export function createTotals(list: HTMLElement) {
  const value = (label: string) => {
    const shown = element('dd', {}, '–')
    list.append(element('div', {}, element('dt', {}, label), shown))
    return shown
  }
  const waiting = value('Waiting')
  const longest = value('Longest wait')
  const talking = value('Talking')
  const available = value('Agents available')
  return {
    update({ view }: ConsoleState, now: number) {
      const queued = view.tasks.filter(
        (task) => !isOfHunt(task) && (task.status === 'pending' || task.status === 'reserved'),
      )
      const oldest = Math.min(...queued.map(({ createdAt }) => createdAt))
      const free = view.workers.filter((worker) => worker.available)
      setText(waiting, String(queued.length))
      setText(longest, queued.length > 0 ? formatDuration(now - oldest) : '–')
      setText(talking, String(view.tasks.filter(({ status }) => status === 'assigned').length))
      setText(available, `${free.length} of ${view.workers.length}`)
    },
  }
}
