import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createWallClock } from '../local/clock.ts'
import { demoAccount, localPassphrase } from '../local/demo-account.ts'
import { createEngine, type OperationResult, toJson } from '../local/engine/index.ts'
import { createTwilio, serveTwilio, type TwilioServer } from '../local/twilio/index.ts'

const root = resolve(import.meta.dirname, '..')
const run = promisify(execFile)

/** The stack that both engines work on. */
export const stack = 'local'

/** One engine with its own project folder, state and Twilio. */
export type Side = {
  readonly name: string
  readonly dir: string
  readonly server: TwilioServer
  preview(): Promise<readonly Step[]>
  up(): Promise<Counts>
  refresh(): Promise<Counts>
  importFile(file: string): Promise<Counts>
  destroy(): Promise<Counts>
  /** What `stack export --show-secrets` prints. */
  exportState(): Promise<string>
  close(): Promise<void>
}

/** A step as both print it. */
export type Step = {
  readonly op: string
  readonly urn: string
  readonly diffReasons: readonly string[]
  readonly replaceReasons: readonly string[]
  readonly detailedDiff: unknown
}
/** How many resources an operation did what to. */
export type Counts = Readonly<Record<string, number>>

/** The real CLI with a file backend. */
export async function openCli(): Promise<Side> {
  const { dir, server, close } = await openProject()
  const state = join(dir, 'state')
  mkdirSync(state)
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: localPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  }
  const pulumi = async (...args: string[]) => {
    const flags = ['--stack', stack, '--non-interactive']
    const options = { cwd: dir, env, maxBuffer: 2 ** 28 }
    return (await run('pulumi', [...args, ...flags], options)).stdout
  }
  // `stack init` writes the stack's file anew; ours holds the configuration.
  const file = join(dir, `Pulumi.${stack}.yaml`)
  const configuration = readFileSync(file, 'utf8')
  await run('pulumi', ['stack', 'init', stack, '--non-interactive'], { cwd: dir, env })
  writeFileSync(file, configuration)
  const counted = async (...args: string[]): Promise<Counts> => {
    await pulumi(...args, '--yes', '--skip-preview')
    const [last] = JSON.parse(await pulumi('stack', 'history', '--json', '--page-size', '1'))
    return withoutZeros(last.resourceChanges ?? {})
  }
  return {
    name: 'pulumi',
    dir,
    server,
    preview: async () => readSteps(JSON.parse(await pulumi('preview', '--json'))),
    up: () => counted('up'),
    refresh: () => counted('refresh'),
    importFile: (path) =>
      counted('import', '--file', path, '--protect=false', '--generate-code=false'),
    destroy: () => counted('destroy'),
    exportState: () => pulumi('stack', 'export', '--show-secrets'),
    close,
  }
}

/** The embedded engine. */
export async function openEmbedded(): Promise<Side> {
  const { dir, server, close } = await openProject()
  const engine = createEngine({
    projectDir: dir,
    stack,
    stateDir: join(dir, 'state'),
    passphrase: localPassphrase,
  })
  const counted = async (result: Promise<OperationResult>): Promise<Counts> => {
    const { ok, diagnostics, summary } = await result
    if (!ok) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
    return withoutZeros(summary)
  }
  return {
    name: 'embedded',
    dir,
    server,
    preview: async () => readSteps(JSON.parse(JSON.stringify(toJson(await engine.preview())))),
    up: () => counted(engine.up()),
    refresh: () => counted(engine.refresh()),
    importFile: (path) => counted(engine.importResources(path, { protect: false })),
    destroy: () => counted(engine.destroy()),
    exportState: () => engine.exportStack({ showSecrets: true }),
    close,
  }
}

/** The real project in a folder of its own, pointed to a local Twilio of its own. */
async function openProject() {
  const clock = createWallClock()
  const { accountSid, authToken } = demoAccount
  const twilio = createTwilio({ clock, accountSid, authToken })
  const server = await serveTwilio({ twilio, port: 0 })
  const dir = mkdtempSync(join(tmpdir(), 'parity-'))
  for (const name of ['infra', 'provider', 'node_modules'])
    symlinkSync(join(root, name), join(dir, name))
  cpSync(join(root, 'Pulumi.yaml'), join(dir, 'Pulumi.yaml'))
  const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), 'utf8')
  const pointed = text.replace(/(twilio:baseUrl: ).*/, `$1${server.url}`)
  writeFileSync(join(dir, `Pulumi.${stack}.yaml`), pointed)
  return {
    dir,
    server,
    async close() {
      await server.close()
      twilio.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function readSteps({ steps }: { steps?: readonly Partial<Step>[] }): readonly Step[] {
  return (steps ?? [])
    .map(({ op = '', urn = '', diffReasons, replaceReasons, detailedDiff }) => ({
      op,
      urn,
      diffReasons: [...(diffReasons ?? [])].sort(),
      replaceReasons: [...(replaceReasons ?? [])].sort(),
      detailedDiff: detailedDiff ?? null,
    }))
    .sort((a, b) => `${a.urn} ${a.op}`.localeCompare(`${b.urn} ${b.op}`))
}

function withoutZeros(counts: object): Counts {
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(),
  )
}

/** The version of the CLI on the PATH, undefined when there is none. */
export async function pulumiVersion(): Promise<string | undefined> {
  try {
    return (await run('pulumi', ['version'])).stdout.trim()
  } catch {
    return undefined
  }
}
