import { measureBareQueue } from './router/bare-queue.ts'
import { languages, workerCount } from './router/centre.ts'
import { replay, type Step, simulate } from './router/simulate.ts'
import type { BenchTable } from './table.ts'

const sizes = [10_000, 100_000, 1_000_000]

/** How fast the router routes on a virtual clock, and whether cost and memory stay flat with the number of tasks. */
export async function benchRouter(): Promise<BenchTable> {
  // Compiled code before anything is measured, on both sides; several times, since each run has closures of its own.
  for (let run = 0; run < 8; run++) simulate(20_000)
  measureBareQueue(1_000_000, workerCount)
  return {
    title: 'Router: tasks from creation to completion on one thread, virtual clock',
    columns: [
      'tasks',
      'tasks/s',
      'a task',
      'tasks/s of CPU',
      'CPU a task',
      'events a task',
      'abandoned',
      'rang out',
      'RSS growth',
      'bare loop, tasks/s',
      'bare loop ÷ router',
    ],
    rows: sizes.map(measure),
    notes: [
      `${workerCount} workers, ${languages.length} queues, 3 tiers; callers give up, agents let it ring, workers wrap up; the traffic’s own cost is included`,
      'bare loop: one queue, as many workers, patience; typed arrays, no rules and no events; in the same run',
      'CPU a task: what this thread used; on a busy machine the clock on the wall shows the work of others too',
      `the router alone, given the steps of 100,000 tasks again: ${whole(measureAlone(100_000))} tasks/s`,
      'wanted: 500,000 tasks/s, the same cost a task for every size, less than 150 MB for 1,000,000 tasks',
    ],
  }
}

function measure(tasks: number): readonly string[] {
  // A short run is repeated: ten thousand tasks take a few hundredths of a second.
  const runs = Math.max(1, Math.round(200_000 / tasks))
  const rss = process.memoryUsage.rss()
  const cpuBefore = process.threadCpuUsage()
  const startedAt = performance.now()
  let last = simulate(tasks)
  for (let run = 1; run < runs; run++) last = simulate(tasks)
  const secondsATask = (performance.now() - startedAt) / 1000 / runs / tasks
  const { user, system } = process.threadCpuUsage(cpuBefore)
  const cpuSecondsATask = (user + system) / 1e6 / runs / tasks
  const { events, abandoned, timedOut, peakRss } = last
  const bare = measureBareQueue(1_000_000, workerCount)
  return [
    whole(tasks),
    whole(1 / secondsATask),
    `${whole(secondsATask * 1e9)} ns`,
    whole(1 / cpuSecondsATask),
    `${whole(cpuSecondsATask * 1e9)} ns`,
    (events / tasks).toFixed(1),
    percent(abandoned / tasks),
    percent(timedOut / tasks),
    `${whole((peakRss - rss) / 2 ** 20)} MB`,
    whole(bare),
    `${(bare * secondsATask).toFixed(1)}×`,
  ]
}

function measureAlone(tasks: number): number {
  const steps: Step[] = []
  const { completed } = simulate(tasks, steps)
  for (let run = 0; run < 2; run++) replay(steps)
  const runs = 3
  const startedAt = performance.now()
  for (let run = 0; run < runs; run++) {
    if (replay(steps) !== completed) throw new Error('The same steps did not end the same tasks')
  }
  return (runs * tasks * 1000) / (performance.now() - startedAt)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
