import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What a part may import: other parts by name, and packages (`node:` stands for all of Node's own). */
type Rule = { readonly parts: readonly string[]; readonly packages: readonly string[] }

const root = path.join(import.meta.dirname, '..')

// The table of the design. The first part whose name is a file's path or starts it is the one that the file belongs to.
const rules: Readonly<Record<string, Rule>> = {
  // TypeBox gives the types only: `schemas/type.ts` says why.
  schemas: { parts: [], packages: ['ajv', '@sinclair/typebox'] },
  routing: { parts: ['schemas'], packages: [] },
  whatif: { parts: ['schemas', 'routing'], packages: ['node:'] },
  provider: {
    parts: ['schemas', 'routing'],
    packages: ['node:', '@pulumi/pulumi', '@grpc/grpc-js', 'google-protobuf'],
  },
  // Types only: a flow is data.
  'studio-flows': { parts: ['schemas'], packages: [] },
  infra: {
    parts: ['schemas', 'routing', 'provider', 'studio-flows'],
    packages: ['node:', '@pulumi/pulumi', '@pulumi/azure-native'],
  },
  functions: { parts: ['schemas'], packages: ['node:', '@azure', 'twilio'] },
  web: { parts: ['schemas'], packages: [] },
  'local/due-queue.ts': { parts: [], packages: [] },
  'local/clock.ts': { parts: ['local/due-queue.ts'], packages: [] },
  // Both ends of the wire are written from Twilio's documents, so that neither copies the other's mistake.
  'local/twilio': {
    parts: ['schemas', 'routing', 'local/clock.ts'],
    packages: ['node:', 'saxes', 'ws', 'liquidjs'],
  },
}

// `main.ts` is started, not called: it exports nothing.
const frontDoors = ['index.ts', 'main.ts']

type Import = {
  readonly from: string
  /** A file of ours, relative to the root, or the name of a package. */
  readonly to: string
  readonly typeOnly: boolean
}

const imports: readonly Import[] = globSync('**/*.ts', {
  cwd: root,
  exclude: (name) => name === 'node_modules' || name.startsWith('.'),
}).flatMap((file) => importsOf(file))

const ruled = imports.flatMap((found) => {
  const part = partOf(found.from)
  const rule = part === undefined ? undefined : rules[part]
  return part === undefined || !rule ? [] : [{ ...found, part, rule }]
})

describe('imports', () => {
  it('are found at all', () => {
    assert.ok(
      imports.some(({ from, to }) => from === 'infra/config.ts' && to === 'routing/index.ts'),
    )
  })

  it('between parts point the way of the design', () => {
    const wrong = ruled.filter(({ to, part, rule }) => {
      const target = isOurs(to) ? (partOf(to) ?? to) : part
      return target !== part && !rule.parts.includes(target)
    })
    assert.deepEqual(wrong.map(describeImport), [])
  })

  it('make no cycle between parts', () => {
    const order = Object.keys(rules)
    const backwards = Object.entries(rules).flatMap(([part, { parts }]) =>
      parts.filter((other) => order.indexOf(other) >= order.indexOf(part)),
    )
    // Each part only knows parts that stand before it in the table.
    assert.deepEqual(backwards, [])
  })

  it('never lead into local or test from outside', () => {
    const wrong = imports.filter(({ from, to }) => {
      const inside = top(from) === 'test' || (top(from) === 'local' && top(to) === 'local')
      return !inside && isOurs(to) && (top(to) === 'local' || top(to) === 'test')
    })
    assert.deepEqual(wrong.map(describeImport), [])
  })

  it('of another folder go through its front door', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        isOurs(to) &&
        top(from) !== 'test' &&
        top(from) !== top(to) &&
        !frontDoors.some((door) => to === `${top(to)}/${door}`),
    )
    assert.deepEqual(wrong.map(describeImport), [])
  })

  it('of packages are the ones that a part may know', () => {
    const wrong = ruled.filter(
      ({ to, rule }) =>
        !isOurs(to) &&
        !rule.packages.some(
          (name) => to === name || to.startsWith(name.endsWith(':') ? name : `${name}/`),
        ),
    )
    assert.deepEqual(wrong.map(describeImport), [])
  })

  it('of TypeBox are types only', () => {
    const loading = ruled.filter(({ to, typeOnly }) => to === '@sinclair/typebox' && !typeOnly)
    assert.deepEqual(loading.map(describeImport), [])
  })

  it('of azure-native name a submodule', () => {
    assert.deepEqual(
      imports.filter(({ to }) => to === '@pulumi/azure-native').map(describeImport),
      [],
    )
  })

  it('of schemas in pages and flows are types only', () => {
    const wrong = ruled.filter(
      ({ part, to, typeOnly }) =>
        ['web', 'studio-flows'].includes(part) && isOurs(to) && top(to) !== part && !typeOnly,
    )
    assert.deepEqual(wrong.map(describeImport), [])
  })
})

describe('pure folders', () => {
  it('ask neither the clock nor chance', () => {
    const asking = ['routing', 'whatif', 'schemas'].flatMap((folder) =>
      globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) =>
        /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bprocess\./.test(read(file)),
      ),
    )
    assert.deepEqual(asking, [])
  })
})

function importsOf(file: string): Import[] {
  const text = read(file)
  const written = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]/gm,
  )
  const called = text.matchAll(/\b(?<!\.)import\(\s*()['"]([^'"\n]+)['"]/g)
  return [...written, ...called].map(([, type, specifier = '']) => ({
    from: file,
    to: resolve(file, specifier),
    typeOnly: type !== undefined && type !== '',
  }))
}

function resolve(file: string, specifier: string): string {
  if (specifier === '@pulumi/twilio') return 'provider/index.ts'
  if (!specifier.startsWith('.')) return specifier
  return path.posix.join(path.posix.dirname(file), specifier)
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

function isOurs(to: string): boolean {
  return to.endsWith('.ts')
}

function top(file: string): string {
  return file.split('/')[0] ?? file
}

function partOf(file: string): string | undefined {
  return Object.keys(rules).find((part) => file === part || file.startsWith(`${part}/`))
}

function describeImport({ from, to }: Import): string {
  return `${from} imports ${to}`
}
