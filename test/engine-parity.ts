import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { demoAccount } from '../local/demo-account.ts'
import {
  type Counts,
  openCli,
  openEmbedded,
  pulumiVersion,
  type Side,
  stack,
} from './engine-parity-sides.ts'
import { type NormalState, normaliseState, orderProblem } from './engine-parity-state.ts'

// `npm run test:engine`: the same operations on the real program with the real Pulumi CLI and with the embedded engine,
// each against a local Twilio of its own; compared are the steps of every preview, the counts of every operation, and the
// state after it. Ids, times, ciphertexts and the order of the state differ by nature and are normalised.

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
