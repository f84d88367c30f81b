import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { WebSocket } from 'ws'
import type { ConsoleMessage } from '../console/index.ts'
import { localPassphrase } from '../demo-account.ts'
import {
  type ConfigOverrides,
  createEngine,
  type Engine,
  type EngineOptions,
} from '../engine/index.ts'
import { Failure, UsageError } from '../failure.ts'
import { projectDir, runFile, stateDirOf } from '../paths.ts'
import { type Run, requireRun } from '../run-file.ts'
import { onStopSignal } from '../stop-signal.ts'

/** A stack that a command works on. */
export type OpenStack = {
  readonly name: string
  readonly engine: Engine
  /** The running centre, for the stack `local`. */
  readonly run: Run | undefined
  /** Whether it is a stack of this project, not of one that `--project` names. */
  readonly own: boolean
}

/** Flags that every command on a stack takes. */
export const stackFlags = {
  stack: { type: 'string', short: 's', default: 'local' },
  project: { type: 'string' },
} as const

/** Their lines of the help text. */
export const stackHelp = `  -s, --stack <name>   the stack (default local, which needs a running centre: npm start);
                       others are read from Pulumi.<name>.yaml and kept in .switchboard/<name>
      --project <dir>  the folder of another Pulumi.yaml, of an exported program for example`

/** Which stack, as flags say. */
export type StackChoice = { readonly stack: string; readonly project?: string }

/** What a command may add to that. */
export type StackOptions = {
  readonly onEvent?: EngineOptions['onEvent']
  /** Configuration that comes before everything else. */
  readonly config?: ConfigOverrides
  /** Whether deletions are carried out whatever goes on in what they delete. */
  readonly force?: boolean
  /** Instead of the one that the environment holds. */
  readonly passphrase?: string
}

/** The name under which an account is looked at without any stack: the engine wants one. */
export const noStack = 'no-stack'

/** Opens a stack with the embedded engine. `local` is deployed to the running centre, at the addresses it has. */
export async function openStack(
  command: string,
  { stack: name, project }: StackChoice,
  { onEvent, config, passphrase, force }: StackOptions = {},
): Promise<OpenStack> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(name)) {
    throw new UsageError(command, `“${name}” cannot be the name of a stack`)
  }
  const rootDir = project === undefined ? projectDir : resolve(project)
  if (name !== noStack) requireStack(name, rootDir)
  const local = name === 'local'
  const run = local ? await requireRun(runFile) : undefined
  const engine = createEngine({
    projectDir: rootDir,
    stack: name,
    stateDir: stateDirOf(name),
    config: { ...run?.config, ...config },
    passphrase: passphrase ?? (local ? localPassphrase : readPassphrase(name)),
    onEvent,
    ...(force ? { env: { ...process.env, TWILIO_FORCE: 'true' } } : {}),
  })
  // What was begun is finished and recorded; a second Ctrl-C ends at once.
  onStopSignal(
    () => {
      console.error('Finishing what was begun …')
      engine.cancel()
    },
    () => process.exit(130),
  )
  return { name, engine, run, own: project === undefined }
}

/** Tells the running centre that its stack was changed from here. */
export async function tellCentre(run: Run): Promise<void> {
  const socket = new WebSocket(`${run.consoleUrl.replace(/^http/, 'ws')}/live`)
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => socket.send(JSON.stringify({ id: 1, kind: 'takeOver' })))
      socket.on('error', reject)
      socket.on('close', () => reject(new Error('the centre went away')))
      socket.on('message', (data) => {
        const message: ConsoleMessage = JSON.parse(String(data))
        if (message.kind === 'done') resolve()
        if (message.kind === 'refused') reject(new Error(message.message))
      })
    })
  } finally {
    socket.close()
  }
}

/** Asks on the terminal; without one, only `--yes` says yes. */
export async function confirm(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return /^y(es)?$/i.test(await terminal.question(`${question} (yes/no) `))
  } finally {
    terminal.close()
  }
}

// A misspelt name would otherwise be a new stack, in which nothing is deployed yet.
function requireStack(name: string, rootDir: string): void {
  const file = join(rootDir, `Pulumi.${name}.yaml`)
  if (name === 'local' || existsSync(file) || existsSync(stateDirOf(name))) return
  const folder = existsSync(rootDir) ? readdirSync(rootDir) : []
  const known = folder.flatMap((entry) => /^Pulumi\.(.+)\.yaml$/.exec(entry)?.[1] ?? [])
  throw new Failure(
    'no-stack',
    `There is no stack “${name}” in ${rootDir}${known.length > 0 ? `; there are ${known.join(', ')}` : ''}.`,
    `For a new one, write ${file}; it may be empty.`,
  )
}

function readPassphrase(stack: string): string {
  const passphrase = process.env['PULUMI_CONFIG_PASSPHRASE']
  if (passphrase !== undefined) return passphrase
  throw new Failure(
    'no-passphrase',
    `The secrets of the stack “${stack}” need their passphrase.`,
    'Set PULUMI_CONFIG_PASSPHRASE.',
  )
}
