import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ProjectError } from '../errors.ts'
import type { Project } from '../project.ts'

/** A running Pulumi program. */
export interface ProgramProcess {
  readonly pid: number | undefined
  /** The code with which it ended. */
  readonly exited: Promise<number>
  /** Ends it when it has not ended by itself within `graceMs`. */
  stop(graceMs: number): Promise<void>
}

/** What a program is started with. */
export type ProgramLaunch = {
  readonly project: Project
  readonly stack: string
  readonly monitorAddress: string
  readonly preview: boolean
  readonly parallel: number
  readonly config: { readonly [key: string]: string }
  readonly secretKeys: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Receives every line it prints. */
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void
}

/** The code that means: failed, and the reason was logged already. */
export const failedAndLogged = 32

const leanSdk = new URL('./lean-sdk.ts', import.meta.url).href

/** Runs the program as Pulumi's language host for Node would. */
export function startProgram(launch: ProgramLaunch): ProgramProcess {
  const { project, preview } = launch
  const options = project.runtimeOptions
  const child = spawn(
    process.execPath,
    [
      ...['--import', leanSdk],
      ...nodeArguments(options['nodeargs']),
      findRunner(project),
      ...['--monitor', launch.monitorAddress, '--engine', launch.monitorAddress],
      ...['--organization', 'organization', '--project', project.name, '--stack', launch.stack],
      ...['--root-directory', project.rootDir, '--pwd', project.programDir],
      ...(preview ? ['--dry-run'] : []),
      ...['--parallel', String(launch.parallel), project.entryPoint],
    ],
    {
      cwd: project.programDir,
      env: {
        ...launch.env,
        PULUMI_CONFIG: JSON.stringify(launch.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(launch.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: String(options['typescript'] !== false),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C in the terminal is the engine's to handle.
      detached: true,
    },
  )
  const exited = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      launch.onLine(`the program could not be started: ${error.message}`, 'stderr')
      resolve(1)
    })
    // 'close' comes when its output is read to the end, so that no line is lost.
    child.once('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
  createInterface(child.stdout).on('line', (line) => launch.onLine(line, 'stdout'))
  createInterface(child.stderr).on('line', (line) => launch.onLine(line, 'stderr'))
  return {
    pid: child.pid,
    exited,
    async stop(graceMs) {
      const insist = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await exited
      clearTimeout(insist)
    },
  }
}

function findRunner(project: Project): string {
  const from = createRequire(join(project.programDir, 'index.js'))
  try {
    return from.resolve('@pulumi/pulumi/cmd/run/index.js')
  } catch (cause) {
    throw new ProjectError(
      project.programDir,
      'the program cannot find @pulumi/pulumi; install the dependencies first (npm install)',
      { cause },
    )
  }
}

function nodeArguments(setting: unknown): string[] {
  return typeof setting === 'string' ? setting.split(/\s+/).filter(Boolean) : []
}
