import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createEngine, type Engine, type EngineOptions } from '../../../local/engine/index.ts'
import { startTestProvider, type TestProvider } from './test-provider.ts'

/** A project in a temporary folder with a provider in this process. */
export interface TestProject {
  readonly dir: string
  readonly stateDir: string
  readonly checkpointFile: string
  readonly provider: TestProvider
  /** Sets the program: statements that may use `Thing`, `Group`, `Provider` and `pulumi`. */
  program(statements: string): void
  engine(options?: Partial<EngineOptions>): Engine
  /** The checkpoint as it is on the disk. */
  checkpoint(): Checkpoint
  close(): void
}

/** As much of a checkpoint as tests look at. */
export type Checkpoint = {
  readonly version: number
  readonly checkpoint: {
    readonly latest: {
      readonly manifest: { readonly magic: string }
      readonly secrets_providers: { readonly state: { readonly salt: string } }
      readonly resources?: readonly CheckpointResource[]
      readonly pending_operations?: readonly {
        readonly type: string
        readonly resource: CheckpointResource
      }[]
      readonly metadata: object
    }
  }
}

/** A resource of a checkpoint. */
export type CheckpointResource = {
  readonly urn: string
  readonly id?: string
  readonly type: string
  readonly inputs?: Record<string, unknown>
  readonly outputs?: Record<string, unknown>
  readonly [field: string]: unknown
}

const head = `
import * as pulumi from '@pulumi/pulumi'
class Thing extends pulumi.CustomResource {
  constructor(name, args = {}, opts = {}) {
    super('test:index:Thing', name, { sid: undefined, ...args }, opts)
  }
  static get(name, id, opts) {
    return new Thing(name, {}, { ...opts, id })
  }
}
class Group extends pulumi.ComponentResource {
  constructor(name, opts = {}) {
    super('test:index:Group', name, {}, opts)
    this.registerOutputs({})
  }
}
class Provider extends pulumi.ProviderResource {
  constructor(name, args = {}, opts = {}) {
    super('test', name, args, opts)
  }
}
`

/** Makes a project; the caller closes it. */
export async function createTestProject(statements = ''): Promise<TestProject> {
  const dir = mkdtempSync(join(tmpdir(), 'engine-'))
  const stateDir = join(dir, 'state')
  mkdirSync(stateDir)
  symlinkSync(resolve(import.meta.dirname, '../../../node_modules'), join(dir, 'node_modules'))
  writeFileSync(join(dir, 'package.json'), '{"type":"module","main":"index.js"}')
  writeFileSync(
    join(dir, 'Pulumi.yaml'),
    'name: p\nruntime: {name: nodejs, options: {typescript: false}}\n',
  )
  const provider = await startTestProvider()
  const checkpointFile = join(stateDir, '.pulumi/stacks/p/dev.json')
  const project: TestProject = {
    dir,
    stateDir,
    checkpointFile,
    provider,
    program: (next) => writeFileSync(join(dir, 'index.js'), `${head}\n${next}\n`),
    engine: (options = {}) =>
      createEngine({
        projectDir: dir,
        stack: 'dev',
        stateDir,
        passphrase: 'test',
        env: { ...process.env, PULUMI_DEBUG_PROVIDERS: `test:${provider.port}` },
        ...options,
      }),
    checkpoint: () => JSON.parse(readFileSync(checkpointFile, 'utf8')),
    close() {
      provider.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
  project.program(statements)
  return project
}
