import { readdirSync, readFileSync } from 'node:fs'

/** What a process and everything it started took. */
export type Usage = {
  /** Sum of the peaks of all processes. */
  readonly megabytes: number
  /** Sum of their processor time, as of the last look before each ended. */
  readonly cpuSeconds: number
  /** Peak of each process, by its command line. */
  readonly processes: ReadonlyMap<string, number>
}

/** Watches a process and its descendants; Linux only. */
export interface UsageWatch {
  /** Ends the watch; undefined where the system does not tell. */
  stop(): Usage | undefined
}

const intervalMs = 25
const ticksPerSecond = 100

/** Starts watching. Each process's own peak is read, so that what lies between two looks is not missed. */
export function watchUsage(rootPid: number | undefined): UsageWatch {
  const peaks = new Map<number, number>()
  const ticks = new Map<number, number>()
  const commands = new Map<number, string>()
  const look = () => {
    if (rootPid === undefined || process.platform !== 'linux') return
    for (const pid of descendants(rootPid)) {
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1]
      if (peak !== undefined) peaks.set(pid, Number(peak))
      const command = read(pid, 'cmdline')
      if (command) commands.set(pid, command.replaceAll('\0', ' '))
      // Fields 14 and 15 of stat; the name in parentheses before them may hold spaces.
      const fields = read(pid, 'stat').split(') ')[1]?.split(' ')
      if (fields) ticks.set(pid, Number(fields[11]) + Number(fields[12]))
    }
  }
  const timer = setInterval(look, intervalMs)
  return {
    stop() {
      clearInterval(timer)
      if (peaks.size === 0) return undefined
      return {
        megabytes: sum(peaks) / 1024,
        cpuSeconds: sum(ticks) / ticksPerSecond,
        processes: new Map(
          [...peaks].map(([pid, kilobytes]) => [commands.get(pid) ?? '', kilobytes / 1024]),
        ),
      }
    },
  }
}

function sum(values: ReadonlyMap<number, number>): number {
  return [...values.values()].reduce((total, value) => total + value, 0)
}

function descendants(rootPid: number): Set<number> {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(/^PPid:\s+(\d+)/m.exec(read(Number(name), 'status'))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = new Set<number>()
  const open = [rootPid]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.add(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return found
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between the listing and the reading.
    return ''
  }
}
