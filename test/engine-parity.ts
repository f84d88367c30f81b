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
import { isDeepStrictEqual, promisify } from 'node:util'
import { createWallClock } from '../local/clock.ts'
import { demoAccount, localPassphrase } from '../local/demo-account.ts'
import { createEngine, type OperationResult, toJson } from '../local/engine/index.ts'
import { createTwilio, serveTwilio, type TwilioServer } from '../local/twilio/index.ts'
import { type NormalState, normaliseState, orderProblem } from './engine-parity-state.ts'

// `npm run test:engine`: the same operations on the real program with the real Pulumi CLI and with the embedded engine,
// each against a local Twilio of its own; compared are the steps of every preview, the counts of every operation, and the
// state after it. Ids, times, ciphertexts and the order of the state differ by nature and are normalised.

const root = resolve(import.meta.dirname, '..')
const run = promisify(execFile)
const stack = 'local'

/** One engine with its own project folder, state and Twilio. */
type Side = {
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

type Step = {
  readonly op: string
  readonly urn: string
  readonly diffReasons: readonly string[]
  readonly replaceReasons: readonly string[]
  readonly detailedDiff: unknown
}
type Counts = Readonly<Record<string, number>>

const version = await pulumiVersion()
if (version === undefined) {
  console.log('skipped: there is no `pulumi` on the PATH to compare the embedded engine with')
  console.log('(install the Pulumi CLI 3.260.0 and run `npm run test:engine` again)')
} else {
  console.log(`comparing with pulumi ${version}`)
  process.exitCode = (await compare()) ? 0 : 1
}

async function compare(): Promise<boolean> {
  const sides = [await openCli(), await openEmbedded()] as const
  let same = true
  const check = async <T>(what: string, ask: (side: Side) => Promise<T>) => {
    const [expected, actual] = [await ask(sides[0]), await ask(sides[1])]
    const equal = isDeepStrictEqual(actual, expected)
    console.log(`${equal ? '✔' : '✘'} ${what}`)
    if (!equal) for (const line of differences(expected, actual)) console.log(`    ${line}`)
    same &&= equal
  }
  const checkState = async (after: string) => {
    await check(`state after ${after}`, readState)
    for (const side of sides) {
      const problem = orderProblem(await side.exportState())
      if (problem) console.log(`✘ ${side.name}: order of the state after ${after}: ${problem}`)
      same &&= problem === undefined
    }
  }
  try {
    await check('preview of a new centre', (side) => side.preview())
    await check('up', (side) => side.up())
    await checkState('up')
    await check('preview without a change', (side) => side.preview())
    for (const { dir } of sides) changeConfiguration(dir)
    await check('preview of a change', (side) => side.preview())
    await check('up of a change', (side) => side.up())
    await checkState('the change')
    await check('refresh', (side) => side.refresh())
    await checkState('refresh')
    await check('import', importQueue)
    await checkState('import')
    await check('destroy', (side) => side.destroy())
    await checkState('destroy')
    console.log(same ? 'both engines agree' : 'the engines differ')
    return same
  } finally {
    for (const side of sides) await side.close()
  }
}

async function openCli(): Promise<Side> {
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

async function openEmbedded(): Promise<Side> {
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

/** A change that touches the workspace and workers. */
function changeConfiguration(dir: string): void {
  const file = join(dir, `Pulumi.${stack}.yaml`)
  const text = readFileSync(file, 'utf8')
  const changed = text
    .replace('Switchboard (local)', 'Switchboard (changed)')
    .replace('skills: [first_line]', 'skills: [first_line, billing]')
  if (changed === text) throw new Error(`${file}: nothing to change was found`)
  writeFileSync(file, changed)
}

/** Makes a queue behind the engine's back and imports it. */
async function importQueue(side: Side): Promise<Counts> {
  const resources = await deploymentResources(side)
  const workspace = resources.find(({ type }) => type === 'twilio:taskrouter:Workspace')
  if (!workspace) throw new Error('there is no workspace to import a queue into')
  const workspaceSid = String(workspace.outputs?.['sid'])
  const { accountSid, authToken } = demoAccount
  const answer = await fetch(
    `${side.server.url}/taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskQueues`,
    {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ FriendlyName: 'Imported', TargetWorkers: '1==1' }),
    },
  )
  const { sid } = (await answer.json()) as { sid: string }
  const file = join(side.dir, 'import.json')
  const id = `${workspaceSid}/${sid}`
  const type = 'twilio:taskrouter:TaskQueue'
  writeFileSync(file, JSON.stringify({ resources: [{ type, name: 'imported', id }] }))
  return side.importFile(file)
}

async function deploymentResources(side: Side) {
  const { deployment } = JSON.parse(await side.exportState())
  return deployment.resources as readonly { type: string; outputs?: Record<string, unknown> }[]
}

async function readState(side: Side): Promise<NormalState> {
  return normaliseState(await side.exportState(), { [side.server.url]: '<twilio>' })
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

/** Where two values differ, one line a place. */
function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (isDeepStrictEqual(expected, actual)) return []
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null
  if (!isObject(expected) || !isObject(actual)) {
    return [`${path}: pulumi ${JSON.stringify(expected)}, embedded ${JSON.stringify(actual)}`]
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
  return keys.flatMap((key) => differences(expected[key], actual[key], `${path}/${key}`))
}

async function pulumiVersion(): Promise<string | undefined> {
  try {
    return (await run('pulumi', ['version'])).stdout.trim()
  } catch {
    return undefined
  }
}
