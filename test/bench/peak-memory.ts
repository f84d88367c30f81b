import { readdirSync, readFileSync } from 'node:fs'

/** Watches how much memory a process and everything it starts take at most; Linux only. */
export interface MemoryWatch {
  /** Ends the watch; the sum of the peaks of all processes in MB, undefined where the system does not tell. */
  stop(): number | undefined
}

const intervalMs = 25

/** Starts watching a process. Each process's own peak is read, so that what lies between two looks is not missed. */
export function watchMemory(rootPid: number | undefined): MemoryWatch {
  const peaks = new Map<number, number>()
  const look = () => {
    if (rootPid === undefined || process.platform !== 'linux') return
    for (const pid of descendants(rootPid)) {
      const peak = peakOf(pid)
      if (peak !== undefined) peaks.set(pid, Math.max(peak, peaks.get(pid) ?? 0))
    }
  }
  const timer = setInterval(look, intervalMs)
  return {
    stop() {
      clearInterval(timer)
      const total = [...peaks.values()].reduce((sum, peak) => sum + peak, 0)
      return peaks.size > 0 ? total / 1024 : undefined
    },
  }
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

function peakOf(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(read(pid, 'status'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes)
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between the listing and the reading.
    return ''
  }
}
