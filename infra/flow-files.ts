import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { checkFlowSource, describeFlowProblem } from '../routing/index.ts'
import { type CentreDeclaration, parseFlow, type StackConfiguration } from '../schemas/index.ts'
import * as built from '../studio-flows/index.ts'
import { FlowRefused } from './flow-refused.ts'

type Flow = built.Flow

const folder = path.join(import.meta.dirname, '../studio-flows')

/**
 * The flows that a stack uses: those that it names, and the one that may answer its number. That one stays while functions answer by
 * choice, so that calls which began in it end there.
 */
export function declareFlows({
  ivr,
  studioFlows = [],
}: Pick<StackConfiguration, 'ivr' | 'studioFlows'>): NonNullable<CentreDeclaration['flows']> {
  const names = [...new Set([...(ivr === undefined ? [] : ['incoming']), ...studioFlows])]
  return Object.fromEntries(
    names.map((name) => [name, { friendlyName: name, definition: flowNamed(name).definition }]),
  )
}

/**
 * The flow of that name: one that `studio-flows/index.ts` exports, or the file `studio-flows/<name>.json` as the editor exports it.
 * Throws `FlowRefused` with everything that is wrong with it; logs what is most likely a mistake.
 */
export function flowNamed(name: string, { from = folder } = {}): Flow {
  const builtOnes = Object.values<Flow>(built)
  const file = path.join(from, `${name}.json`)
  const source = builtOnes.find((flow) => flow.name === name)
  if (source && existsSync(file)) {
    throw new pulumi.RunError(`Two flows are called ${name}: ${file} is one; remove either`)
  }
  if (source) return checked(`studio-flows/${name}.ts`, source)
  if (existsSync(file)) return checked(file, { name, definition: parsed(file) })
  const known = [...builtOnes.map((flow) => flow.name), ...exportsIn(from)]
  throw new pulumi.RunError(
    `There is no flow ${name}: studio-flows/index.ts exports none, and ${file} is no file. There are: ${known.join(', ') || 'none'}`,
  )
}

function exportsIn(from: string): readonly string[] {
  return readdirSync(from)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
}

function parsed(file: string): Flow['definition'] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new pulumi.RunError(`${file} is not JSON: ${error.message}. Export the flow again`)
  }
}

function checked(file: string, flow: Flow): Flow {
  const problems = checkFlowSource(flow.definition)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new FlowRefused(file, errors)
  for (const problem of problems) {
    void pulumi.log.warn(`${file}, ${problem.path}: ${describeFlowProblem(problem)}`)
  }
  return { ...flow, definition: parseFlow(flow.definition) }
}
