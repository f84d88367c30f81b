import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { Static, TSchema } from './type.ts'

/** One thing that is wrong with an input. */
export type Problem = {
  /** Path of the property, `filters[0].targets[1].queue`; empty for the whole. */
  readonly path: string
  /** What is wrong, and where it can be said, how to mend it. */
  readonly message: string
}

/** An input from outside that its schema refuses. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly code = 'invalid-input'
  /** What the input is: the schema's title. */
  readonly title: string
  readonly problems: readonly Problem[]

  constructor(title: string, problems: readonly Problem[]) {
    super(
      `${title}: ${problems.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; ')}`,
    )
    this.title = title
    this.problems = problems
  }
}

/** A JSON Schema with its static type `T` and its validation. */
export interface Schema<S extends TSchema> {
  readonly title: string
  /** The JSON Schema itself, for documents and for Pulumi's schema. */
  readonly json: S
  /** Returns the value, typed; throws `InvalidInput` naming every property that is wrong. */
  parse(value: unknown): Static<S>
  /** What is wrong with the value; empty when it fits. */
  problems(value: unknown): readonly Problem[]
}

/** The type a schema describes: `TypeOf<typeof workflowConfiguration>`. */
export type TypeOf<D extends Schema<TSchema>> = Static<D['json']>

let ajv: Ajv | undefined

/** Defines a schema once. AJV compiles it at its first use, so that start-up pays only for what is used. */
export function defineSchema<S extends TSchema>(title: string, json: S): Schema<S> {
  let validate: ValidateFunction | undefined
  const problems = (value: unknown): readonly Problem[] => {
    ajv ??= new Ajv({
      allErrors: true,
      verbose: true,
      allowUnionTypes: true,
      validateSchema: false,
    })
    validate ??= ajv.compile(json)
    return validate(value) ? [] : (validate.errors ?? []).map(toProblem)
  }
  return {
    title,
    json,
    problems,
    parse(value) {
      const found = problems(value)
      if (found.length > 0) throw new InvalidInput(title, found)
      return value as Static<S>
    },
  }
}

function toProblem(error: ErrorObject): Problem {
  const path = toPath(error.instancePath)
  // A schema may say in its own words what it wants: its `errorMessage`-like description serves as the remedy.
  const wanted = error.parentSchema?.description
  const remedy = typeof wanted === 'string' ? ` (${wanted})` : ''
  switch (error.keyword) {
    case 'required':
      return { path: join(path, String(error.params.missingProperty)), message: 'is missing' }
    case 'additionalProperties':
      return {
        path: join(path, String(error.params.additionalProperty)),
        message: 'is not known here; remove it or correct its name',
      }
    case 'enum':
      return {
        path,
        message: `must be one of ${JSON.stringify(error.params.allowedValues)}${remedy}`,
      }
    case 'const':
      return { path, message: `must be ${JSON.stringify(error.params.allowedValue)}${remedy}` }
    default:
      return { path, message: `${error.message ?? 'is not valid'}${remedy}` }
  }
}

function toPath(instancePath: string): string {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : join(path, part)), '')
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name
}
