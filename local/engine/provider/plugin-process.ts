import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { ProviderUnavailable } from '../errors.ts'

/** A running provider: where it listens, and how it is ended. */
export interface PluginProcess {
  readonly address: string
  /** Whether somebody else started it (`PULUMI_DEBUG_PROVIDERS`); then it is told where the engine is. */
  readonly attached: boolean
  /** The folder of the executable, undefined when attached. */
  readonly folder?: string
  readonly pid?: number
  /** Whether the process ended although nobody asked it to. */
  hasEnded(): boolean
  /** Asks it to end, insists after five seconds. */
  stop(): Promise<void>
}

/** What a provider process needs to be started. */
export type PluginLaunch = {
  readonly package: string
  /** Folders that `plugins.providers` of Pulumi.yaml names, by package. */
  readonly folders: ReadonlyMap<string, string>
  /** The program's folder: the provider's working directory. */
  readonly programDir: string
  readonly env: NodeJS.ProcessEnv
  readonly engineAddress: string
  /** Receives every further line it prints. */
  readonly onLine: (line: string) => void
}

const startTimeoutMs = 10_000
const stopTimeoutMs = 5_000

/** Starts the provider of a package, or attaches to the one that `PULUMI_DEBUG_PROVIDERS` names. */
export async function startPlugin(launch: PluginLaunch): Promise<PluginProcess> {
  const port = debugPort(launch.env['PULUMI_DEBUG_PROVIDERS'], launch.package)
  if (port !== undefined) {
    return {
      address: `127.0.0.1:${port}`,
      attached: true,
      hasEnded: () => false,
      stop: async () => {},
    }
  }
  const { folder, file } = findExecutable(launch)
  const child = spawn(file, [launch.engineAddress], {
    cwd: launch.programDir,
    env: launch.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal reaches the engine, which lets running calls end before it stops us.
    detached: true,
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = `127.0.0.1:${await readPort(child, launch)}`
  let stopping = false
  const hasExited = () => child.exitCode !== null || child.signalCode !== null
  return {
    address,
    attached: false,
    folder,
    pid: child.pid,
    hasEnded: () => hasExited() && !stopping,
    async stop() {
      stopping = true
      if (hasExited()) return
      signal(child, 'SIGINT')
      const insist = setTimeout(() => signal(child, 'SIGKILL'), stopTimeoutMs)
      await exited
      clearTimeout(insist)
    },
  }
}

/** The port that `PULUMI_DEBUG_PROVIDERS="pkg:port,…"` names for a package. */
export function debugPort(setting: string | undefined, packageName: string): number | undefined {
  for (const entry of setting?.split(',') ?? []) {
    const [name, port] = entry.split(':')
    if (name?.trim() === packageName && port) return Number(port)
  }
  return undefined
}

function findExecutable({ package: name, folders, env }: PluginLaunch) {
  const folder = folders.get(name)
  const places = folder ? [folder] : (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  for (const place of places) {
    const file = join(place, `pulumi-resource-${name}`)
    try {
      accessSync(file, constants.X_OK)
      return { folder: place, file }
    } catch {
      // Not here; the search goes on.
    }
  }
  throw new ProviderUnavailable(
    name,
    folder
      ? `no executable pulumi-resource-${name} in ${folder}, which plugins.providers of Pulumi.yaml names`
      : `no executable pulumi-resource-${name} on the PATH; name its folder under plugins.providers in Pulumi.yaml`,
  )
}

function readPort(child: ChildProcess, { package: name, onLine }: PluginLaunch): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (message: string, cause?: unknown) => {
      clearTimeout(timer)
      signal(child, 'SIGKILL')
      reject(new ProviderUnavailable(name, message, { cause }))
    }
    const timer = setTimeout(
      () => fail(`it did not print its port within ${startTimeoutMs / 1000} s`),
      startTimeoutMs,
    )
    const lastLines: string[] = []
    let port: number | undefined
    child.once('error', (cause) => fail('it could not be started', cause))
    child.once('exit', (code) => {
      if (port === undefined) fail(`it ended with code ${code}: ${lastLines.slice(-5).join('\n')}`)
    })
    const { stdout, stderr } = child
    if (!stdout || !stderr) return fail('it has no output')
    createInterface(stdout).on('line', (line) => {
      if (port !== undefined) return onLine(line)
      port = Number(line.trim())
      if (!Number.isInteger(port) || port <= 0) return fail(`its first line is no port: ${line}`)
      clearTimeout(timer)
      resolve(port)
    })
    createInterface(stderr).on('line', (line) => {
      lastLines.push(line)
      if (port !== undefined) onLine(line)
    })
  })
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, name)
  } catch {
    // It has gone by itself.
  }
}
