import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkFlowSource, closestName, describeFlowProblem } from '../../routing/index.ts'
import { type FlowDefinition, parseFlow } from '../../schemas/index.ts'
import type { Flow } from '../../studio-flows/index.ts'
import { Failure } from '../failure.ts'

/** A flow as it is written: by the builder, or as the editor exports it. */
export type FlowSource = {
  readonly kind: 'built' | 'exported'
  readonly file: string
  readonly text: string
  readonly flow: Flow
}

/**
 * Reads `<name>.ts` or `<name>.json` of a folder like `studio-flows/`; fails with what is wrong with it, or with what there is. The
 * file may be called otherwise.
 */
export async function readFlowSource(
  name: string,
  folder: string,
  called = name,
): Promise<FlowSource> {
  for (const [kind, file] of [
    ['built', join(folder, `${called}.ts`)],
    ['exported', join(folder, `${called}.json`)],
  ] as const) {
    if (!existsSync(file)) continue
    const text = await readFile(file, 'utf8')
    const definition = kind === 'built' ? await load(name, file) : parse(file, text)
    return { kind, file, text, flow: { name, definition: checked(file, definition) } }
  }
  const names = namesIn(folder)
  const meant = closestName(name, names)
  throw new Failure(
    'no-flow',
    `There is no flow ${name} in ${folder}.`,
    `${meant ? `Did you mean ${meant}? ` : ''}There are: ${names.join(', ') || 'none'}`,
  )
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((file) =>
    file === 'index.ts' ? [] : (/^([^.].*)\.(?:ts|json)$/.exec(file)?.[1] ?? []),
  )
}

let loads = 0

async function load(name: string, file: string): Promise<unknown> {
  // The query makes it another module each time: the file may have changed meanwhile.
  loads += 1
  const flow = Object.values(await run(`${file}?load=${loads}`, file)).find(
    (one): one is Flow => isFlow(one) && one.name === name,
  )
  if (flow) return flow.definition
  throw new Failure(
    'no-flow',
    `${file} exports no flow called ${name}.`,
    `Write: export const … = flow('${name}', …)`,
  )
}

async function run(address: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(address)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure(
      'no-flow',
      `${file} can’t be run: ${reason}.`,
      'Mend it: npm run check',
      cause,
    )
  }
}

function isFlow(value: unknown): value is Flow {
  return typeof value === 'object' && value !== null && 'name' in value && 'definition' in value
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Failure(
      'not-json',
      `${file} is not JSON: ${error.message}.`,
      'Export the flow again.',
    )
  }
}

function checked(file: string, definition: unknown): FlowDefinition {
  const errors = checkFlowSource(definition).filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return parseFlow(definition)
  const lines = errors.map((problem) => `  ${problem.path}: ${describeFlowProblem(problem)}`)
  throw new Failure('wrong-flow', `${file} is no flow:\n${lines.join('\n')}`, 'Mend these first.')
}
