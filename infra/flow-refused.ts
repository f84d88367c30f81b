import * as pulumi from '@pulumi/pulumi'
import { closestName, type FlowProblem, referencesIn } from '../routing/index.ts'
import type { Flow } from '../studio-flows/index.ts'

/** A flow that is not deployed as it is. The message lists everything that is wrong with it: widget, property, remedy. */
export class FlowRefused extends pulumi.RunError {
  readonly code = 'flow-refused'
  /** Name or file of the flow. */
  readonly flow: string
  readonly problems: readonly FlowProblem[]

  constructor(flow: string, problems: readonly FlowProblem[]) {
    super([`The flow ${flow} is refused:`, ...problems.map(describe)].join('\n\n'))
    this.flow = flow
    this.problems = problems
  }
}

/** What a flow may name: kinds, and the names of each. */
export type KnownNames = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>

/** Refuses a flow that names what is not there. */
export function refuseUnresolved({ name: flow, definition }: Flow, known: KnownNames): void {
  const problems = referencesIn(definition).flatMap(({ path, widget, text, reference }) => {
    const { kind = '', name = '' } = reference ?? {}
    const names = known[kind] ?? {}
    if (reference && Object.hasOwn(names, name)) return []
    const meant = closestName(text.slice(2, -1), namesOf(known))
    return [
      {
        severity: 'error' as const,
        path,
        widget,
        message: `“${text}” stands for nothing`,
        remedy: `${meant ? `did you mean \${${meant}}? There ` : 'there '}${listOf(known)}`,
      },
    ]
  })
  if (problems.length > 0) throw new FlowRefused(flow, problems)
}

function namesOf(known: KnownNames): readonly string[] {
  return Object.entries(known).flatMap(([kind, names = {}]) =>
    Object.keys(names).map((name) => `${kind}.${name}`),
  )
}

function listOf(known: KnownNames): string {
  const names = namesOf(known).map((name) => `\${${name}}`)
  return names.length === 0 ? 'are none' : `are ${names.join(', ')}`
}

function describe({ path, widget, message, remedy }: FlowProblem): string {
  const where = [widget && `widget ${widget}`, path].filter(Boolean).join(', ')
  return `${where}: ${message}\n  → ${remedy}`
}
