import { readdir, readFile, readlink } from 'node:fs/promises'

/** Names the process that listens on a port, `node local/main.ts (process 4711)`, where the system tells (Linux). */
export async function findPortHolder(port: number): Promise<string | undefined> {
  const inodes = await listeningInodes(port)
  if (inodes.size === 0) return undefined
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (!(await holdsSocket(pid, inodes))) continue
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    const command = commandLine.split('\0').join(' ').trim().slice(0, 80)
    return `${command || 'a process'} (process ${pid})`
  }
  return undefined
}

const LISTENING = '0A'

// A line of /proc/net/tcp: number, local address in hex with its port, remote address, state, …, inode.
async function listeningInodes(port: number): Promise<Set<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    // Absent on other systems: then nobody can be named.
    const text = await readFile(table, 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      const inode = fields[9]
      if (inode && fields[3] === LISTENING && fields[1]?.endsWith(suffix)) inodes.add(inode)
    }
  }
  return inodes
}

// Other people's processes cannot be read; the holder is then not named.
async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => [])
  for (const handle of handles) {
    const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '')
    if (inodes.has(target.replace(/^socket:\[(\d+)\]$/, '$1'))) return true
  }
  return false
}
