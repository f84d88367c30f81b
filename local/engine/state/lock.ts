import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { StackLocked } from '../errors.ts'

/** A held lock. */
export interface Lock {
  /** Locks of processes that no longer run, which were put away; each in words. */
  readonly stale: readonly string[]
  release(): void
}

type Holder = { pid: number; username: string; hostname: string; timestamp: string }

/**
 * Takes a stack's lock the way Pulumi's file backend does: writes its own, looks again, backs off when another exists.
 * A lock of a process of this machine that no longer runs is put away; any other holder means `StackLocked`.
 */
export function acquireLock(folder: string): Lock {
  mkdirSync(folder, { recursive: true })
  const name = `${randomUUID()}.json`
  const file = join(folder, name)
  const stale = removeStale(folder)
  refuseOthers(folder, name)
  const holder: Holder = {
    pid: process.pid,
    username: userInfo().username,
    hostname: hostname(),
    timestamp: new Date().toISOString(),
  }
  writeFileSync(file, JSON.stringify(holder))
  const release = () => rmSync(file, { force: true })
  try {
    refuseOthers(folder, name)
  } catch (error) {
    release()
    throw error
  }
  return { stale, release }
}

function refuseOthers(folder: string, own: string): void {
  const others = lockFiles(folder).filter((name) => name !== own)
  if (others.length === 0) return
  const files = others.map((name) => join(folder, name))
  throw new StackLocked(files, files.map(describe))
}

function removeStale(folder: string): string[] {
  return lockFiles(folder).flatMap((name) => {
    const file = join(folder, name)
    const holder = readHolder(file)
    if (!holder || holder.hostname !== hostname() || isRunning(holder.pid)) return []
    rmSync(file, { force: true })
    return [`put away the stale lock of ${describeHolder(holder)}, which no longer runs`]
  })
}

function lockFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json'))
}

function readHolder(file: string): Holder | undefined {
  try {
    const holder: Partial<Holder> = JSON.parse(readFileSync(file, 'utf8'))
    return typeof holder.pid === 'number' ? (holder as Holder) : undefined
  } catch {
    // Gone meanwhile, or half-written by its owner right now: not ours to judge.
    return undefined
  }
}

function describe(file: string): string {
  const holder = readHolder(file)
  return holder ? `created by ${describeHolder(holder)}` : 'unreadable'
}

function describeHolder({ pid, username, hostname, timestamp }: Holder): string {
  return `${username}@${hostname} (pid ${pid}) at ${timestamp}`
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
