import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parse } from 'yaml'
import { defineSchema, Type } from '../../schemas/index.ts'
import { ProjectError, Unsupported } from './errors.ts'

/** What the engine takes from Pulumi.yaml. */
export type Project = {
  readonly name: string
  /** The folder of Pulumi.yaml. */
  readonly rootDir: string
  /** The program's folder. */
  readonly programDir: string
  /** What is handed to the program runner: `.`, or a file in the program's folder. */
  readonly entryPoint: string
  /** Options of the Node runtime (`typescript`, `nodeargs` …). */
  readonly runtimeOptions: { readonly [option: string]: unknown }
  /** Folders of provider executables, by package. */
  readonly providerFolders: ReadonlyMap<string, string>
  /** Values that every stack has unless it sets its own, by `namespace:key`. */
  readonly defaults: ReadonlyMap<string, unknown>
}

const projectFile = defineSchema(
  'Pulumi.yaml',
  Type.Object({
    name: Type.String({ minLength: 1 }),
    runtime: Type.Union([
      Type.String(),
      Type.Object({
        name: Type.String(),
        options: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      }),
    ]),
    main: Type.Optional(Type.String()),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    plugins: Type.Optional(
      Type.Object({
        providers: Type.Optional(
          Type.Array(Type.Object({ name: Type.String(), path: Type.Optional(Type.String()) })),
        ),
      }),
    ),
  }),
)

/** Reads the project in a folder. */
export function readProject(rootDir: string): Project {
  const file = join(rootDir, 'Pulumi.yaml')
  const content = readYaml(file, projectFile.parse)
  if (!content) {
    throw new ProjectError(file, 'there is no such file; the engine needs the folder of a project')
  }
  const runtime = typeof content.runtime === 'string' ? { name: content.runtime } : content.runtime
  if (runtime.name !== 'nodejs') throw new Unsupported(`the runtime "${runtime.name}"`)
  const main = resolve(rootDir, content.main ?? '.')
  const isFile = existsSync(main) && statSync(main).isFile()
  const folders = (content.plugins?.providers ?? []).flatMap(({ name, path }) =>
    path ? [[name, resolve(rootDir, path)] as const] : [],
  )
  return {
    name: content.name,
    rootDir,
    programDir: isFile ? dirname(main) : main,
    entryPoint: isFile ? main : '.',
    runtimeOptions: runtime.options ?? {},
    providerFolders: new Map(folders),
    defaults: readDefaults(content.name, content.config ?? {}),
  }
}

/** Reads a YAML file through a check; undefined when there is none. */
export function readYaml<T>(file: string, check: (content: unknown) => T): T | undefined {
  if (!existsSync(file)) return undefined
  try {
    return check(parse(readFileSync(file, 'utf8')) ?? {})
  } catch (cause) {
    throw new ProjectError(file, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

function readDefaults(project: string, config: { readonly [key: string]: unknown }) {
  const defaults = new Map<string, unknown>()
  for (const [key, declared] of Object.entries(config)) {
    const described = typeof declared === 'object' && declared !== null
    const { value, default: fallback } = described
      ? (declared as { value?: unknown; default?: unknown })
      : { value: declared, default: undefined }
    const name = key.includes(':') ? key : `${project}:${key}`
    if ((value ?? fallback) !== undefined) defaults.set(name, value ?? fallback)
  }
  return defaults
}
