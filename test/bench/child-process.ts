import { readdirSync, readFileSync } from 'node:fs'

/** What a child process has taken so far. */
export type ChildUsage = { readonly residentBytes: number; readonly cpuMs: number }

const msPerTick = 10

/** Of the child process with this in its command line; nothing but zeros where the system does not tell (Linux does). */
export function childUsage(name: string): ChildUsage {
  const none = { residentBytes: 0, cpuMs: 0 }
  if (process.platform !== 'linux') return none
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const status = read(pid, 'status')
    const isChild = new RegExp(`^PPid:\\s+${process.pid}$`, 'm').test(status)
    if (!isChild || !read(pid, 'cmdline').includes(name)) continue
    // Fields 14 and 15 of stat; the name in parentheses before them may hold spaces.
    const fields = read(pid, 'stat').split(') ')[1]?.split(' ') ?? []
    return {
      residentBytes: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024,
      cpuMs: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * msPerTick,
    }
  }
  return none
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between the listing and the reading.
    return ''
  }
}
