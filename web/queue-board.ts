import { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
import { formatDuration, formatRemaining } from './duration.ts'

/** Where a task stands in its workflow. */
export type TaskTier = {
  /** Counted from 1. */
  readonly number: number
  readonly of: number
  /** `first line`, where the workflow names its tiers. */
  readonly name: string | null
  /** When the task moves on, if nobody takes it. */
  readonly endsAt: number | null
}

/** A task on the board. */
export type QueuedTask = {
  readonly sid: string
  /** Who waits: the caller's number, or the task's SID. */
  readonly caller: string
  /** `Spanish`, or nothing known. */
  readonly language: string | null
  readonly queueName: string | null
  readonly workerName: string | null
  readonly status: 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled'
  readonly priority: number
  readonly createdAt: number
  /** Null while the default filter holds it. */
  readonly tier: TaskTier | null
}

const statusLabels = {
  pending: 'Waiting',
  reserved: 'Offered',
  assigned: 'Answered',
  wrapping: 'Wrap-up',
  completed: 'Completed',
  canceled: 'Canceled',
} as const

/** The board of tasks: tier, age and priority, moving as they move. */
export function createQueueBoard(): Part<readonly QueuedTask[]> {
  const empty = element('p', { class: 'empty' }, 'Nobody waits. Place a call to see it move here.')
  const list = element('ol', { class: 'queue' })
  const updateList = keyedList(list, (task: QueuedTask) => task.sid, createTaskRow)
  return {
    element: element('div', {}, empty, list),
    update(tasks, now) {
      show(empty, tasks.length === 0)
      updateList(tasks, now)
    },
  }
}

function createTaskRow(): Part<QueuedTask> {
  const caller = element('h3', { class: 'task-caller' })
  const chip = element('span', { class: 'chip' })
  const where = element('p', { class: 'task-where' })
  const track = element('div', { class: 'tiers', 'aria-hidden': 'true' })
  const age = element('dd')
  const priority = element('dd')
  const worker = element('dd')
  const row = element(
    'li',
    { class: 'task' },
    element('div', { class: 'task-header' }, caller, chip),
    where,
    track,
    element(
      'dl',
      { class: 'facts' },
      element('div', {}, element('dt', {}, 'Age'), age),
      element('div', {}, element('dt', {}, 'Priority'), priority),
      element('div', {}, element('dt', {}, 'Agent'), worker),
    ),
  )
  return {
    element: row,
    update(task, now) {
      setText(caller, task.language ? `${task.caller} · ${task.language}` : task.caller)
      setText(chip, statusLabels[task.status])
      setAttribute(chip, 'data-state', task.status)
      setText(where, describeTier(task, now))
      updateTrack(track, task)
      setText(age, formatDuration(now - task.createdAt))
      setText(priority, String(task.priority))
      setText(worker, task.workerName ?? '–')
    },
  }
}

function describeTier(task: QueuedTask, now: number): string {
  const queue = task.queueName ?? 'no queue'
  if (!task.tier) return `Default filter · ${queue}`
  const { number, of, name, endsAt } = task.tier
  const place = `Tier ${number} of ${of}${name ? ` (${name})` : ''} · ${queue}`
  const waits = task.status === 'pending' || task.status === 'reserved'
  return waits && endsAt !== null ? `${place} · moves on in ${formatRemaining(endsAt, now)}` : place
}

function updateTrack(track: HTMLElement, task: QueuedTask): void {
  const tiers = task.tier?.of ?? 0
  while (track.childElementCount > tiers) track.lastElementChild?.remove()
  while (track.childElementCount < tiers) track.append(element('span'))
  const current = task.tier?.number ?? 0
  Array.from(track.children, (step, index) =>
    setAttribute(
      step,
      'data-step',
      index + 1 < current ? 'past' : index + 1 === current ? 'now' : 'next',
    ),
  )
}
