import { measureBareQueue } from './router/bare-queue.ts'
import { languages, workerCount } from './router/centre.ts'
import { simulate } from './router/simulate.ts'
import type { BenchTable } from './table.ts'

const sizes = [10_000, 100_000, 1_000_000]

/** How fast the router routes on a virtual clock, and whether cost and memory stay flat with the number of tasks. */
export async function benchRouter(): Promise<BenchTable> {
  // Compiled code before anything is measured, on both sides.
  simulate(50_000)
  measureBareQueue(1_000_000, workerCount)
  return {
    title: 'Router: tasks from creation to completion on one thread, virtual clock',
    columns: [
      'tasks',
      'tasks/s',
      'a task',
      'events a task',
      'abandoned',
      'rang out',
      'RSS growth',
      'bare loop, tasks/s',
      'bare loop ÷ router',
    ],
    rows: sizes.map(measure),
    notes: [
      `${workerCount} workers, ${languages.length} queues, 3 tiers; callers give up, agents let it ring, workers wrap up`,
      'bare loop: one queue, as many workers, patience; typed arrays, no rules and no events; in the same run',
      'wanted: 500,000 tasks/s, the same cost a task for every size, less than 150 MB for 1,000,000 tasks',
    ],
  }
}

function measure(tasks: number): readonly string[] {
  const rss = process.memoryUsage.rss()
  const startedAt = performance.now()
  const { events, abandoned, timedOut, peakRss } = simulate(tasks)
  const seconds = (performance.now() - startedAt) / 1000
  const bare = measureBareQueue(tasks, workerCount)
  return [
    whole(tasks),
    whole(tasks / seconds),
    `${whole((seconds / tasks) * 1e9)} ns`,
    (events / tasks).toFixed(1),
    `${((abandoned / tasks) * 100).toFixed(1)} %`,
    `${((timedOut / tasks) * 100).toFixed(1)} %`,
    `${whole((peakRss - rss) / 2 ** 20)} MB`,
    whole(bare),
    `${((bare * seconds) / tasks).toFixed(1)}×`,
  ]
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
