import type { Item } from '../collect.ts'
import { shortName } from '../package-types.ts'
import { type Code, call, literal, name } from './code.ts'
import { writeDocument } from './document.ts'
import { type Layout, layOut, type SourceFile, type Unit } from './layout.ts'
import { printStatement } from './print-code.ts'
import { chooseFiles, linkItems, type Nodes, type ProgramNode } from './program-node.ts'
import { sidsIn, toCode } from './references.ts'
import { createSecretKeys } from './secret-keys.ts'

/** The program of an account, ready to be written. */
export type Program = {
  /** Text by path. */
  readonly files: ReadonlyMap<string, string>
  /** What an import of everything declared needs, in the order of the program. */
  readonly imports: readonly { readonly type: string; readonly name: string; readonly id: string }[]
  /** Keys of the stack's configuration that have to be set: secrets are not written out. */
  readonly secrets: readonly string[]
  /** SIDs that stay SIDs, with who mentions them. */
  readonly kept: readonly { readonly sid: string; readonly by: string }[]
}

/** What a program is written for. */
export type ProgramOptions = {
  readonly accountSid: string
  readonly project: string
}

/** Flow definitions are files of their own: the editor of Twilio's console reads and writes them too. */
const documents = new Map([['twilio:studio:Flow', { property: 'definition', folder: 'flows' }]])

/** Writes everything that was collected as a TypeScript program. */
export function writeProgram(items: readonly Item[], options: ProgramOptions): Program {
  const nodes = linkItems(items)
  const layout = layOut(nodes.ordered, chooseFiles(nodes.ordered))
  const secretKeys = createSecretKeys()
  const files = new Map<string, string>()
  const index = layout.files.find((file) => file.name === 'index') ?? noUnits
  const mentionsAccount = new Set<SourceFile>()
  const shared = { layout, nodes, options, secretKeys, mentionsAccount, files }
  for (const file of layout.files) {
    if (file === index) continue
    files.set(`${file.name}.ts`, writeFile({ ...shared, file }))
  }
  const main = writeFile({ ...shared, file: index })
  const secrets = secretKeys.all()
  files.set('index.ts', header(options, secrets) + main)
  return {
    files: new Map([...files].toSorted(([a], [b]) => a.localeCompare(b))),
    imports: nodes.ordered
      .filter(({ item }) => item.declared)
      .map(({ item, names }) => ({ type: item.type.token, name: names.resource, id: item.id })),
    secrets,
    kept: keptSids(nodes, options.accountSid),
  }
}

const noUnits: SourceFile = { name: 'index', namespace: 'index', units: [] }

type Writing = {
  readonly file: SourceFile
  readonly layout: Layout
  readonly nodes: Nodes
  readonly options: ProgramOptions
  readonly secretKeys: ReturnType<typeof createSecretKeys>
  /** Files that name the account. */
  readonly mentionsAccount: Set<SourceFile>
  /** Documents that the file reads are added to these. */
  readonly files: Map<string, string>
}

function header({ accountSid, project }: ProgramOptions, secrets: readonly string[]): string {
  const lines = [`Exported from account ${accountSid}; yours to change from here on.`]
  if (secrets.length > 0) {
    lines.push('Secrets are not exported. Set them before the first preview:')
    lines.push(...secrets.map((key) => `  pulumi config set --secret ${project}:${key}`))
  }
  return `${lines.map((line) => `// ${line}`).join('\n')}\n\n`
}

function writeFile(writing: Writing): string {
  const { file, layout, nodes } = writing
  const exported = new Set(
    nodes.ordered
      .filter((node) => !contains(file, node))
      .flatMap(({ needs }) => [...needs].filter((needed) => contains(file, needed))),
  )
  const statements = file.units.flatMap((unit) => writeUnit(unit, exported, writing))
  const body = statements.join('\n\n')
  const others = layout.files.filter((other) => other !== file)
  const needed = new Set(
    file.units.flatMap(({ nodes: own }) => own.flatMap(({ needs }) => [...needs])),
  )
  const neededFiles = others.filter((other) => [...needed].some((node) => contains(other, node)))
  const settings = [
    ...(body.includes('config.require') ? ['const config = new pulumi.Config()'] : []),
    ...(writing.mentionsAccount.has(file)
      ? ["const accountSid = new pulumi.Config('twilio').require('accountSid')"]
      : []),
  ]
  const imports = [
    ...(settings.length > 0 || body.includes('pulumi.interpolate`')
      ? ["import * as pulumi from '@pulumi/pulumi'"]
      : []),
    ...(file.units.length > 0 ? ["import * as twilio from '@pulumi/twilio'"] : []),
    ...(writing.files.has('definition.ts') && /\bdefinition\(/.test(body)
      ? ["import { definition } from './definition.ts'"]
      : []),
    ...neededFiles
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ name: from, namespace }) => `import * as ${namespace} from './${from}.ts'`),
    // What nobody refers to has to be run all the same.
    ...(file.name === 'index'
      ? others
          .filter((other) => !neededFiles.includes(other))
          .map((other) => `import './${other.name}.ts'`)
      : []),
  ]
  return `${[imports.join('\n'), settings.join('\n'), body].filter(Boolean).join('\n\n')}\n`
}

function writeUnit(
  unit: Unit,
  exported: ReadonlySet<ProgramNode>,
  writing: Writing,
): readonly string[] {
  const visible = unit.nodes.some((node) => exported.has(node)) ? 'export ' : ''
  switch (unit.kind) {
    case 'bare':
      return unit.nodes.map((node) => printStatement('', declaration(node, writing)))
    case 'single':
      return unit.nodes.map((node) =>
        printStatement(`${visible}const ${unit.variable} = `, declaration(node, writing)),
      )
    case 'group': {
      const entries = unit.nodes.map(
        (node) => [unit.keys.get(node) ?? '', declaration(node, writing)] as const,
      )
      const code: Code = { kind: 'object', entries, open: true }
      return [printStatement(`${visible}const ${unit.variable} = `, code)]
    }
    default:
      throw new Error(`no such unit: ${JSON.stringify(unit satisfies never)}`)
  }
}

function declaration(node: ProgramNode, writing: Writing): Code {
  const { item, names } = node
  const { type, declared } = item
  if (!declared) {
    const args = type.lookUp?.args ?? []
    const callee = `twilio.${type.module}.${type.lookUp?.name}Output`
    return call(callee, objectOf(args.map((arg) => [arg, property(node, arg, writing)])))
  }
  const entries = Object.keys(item.inputs).map(
    (input) => [input, property(node, input, writing)] as const,
  )
  return call(`new twilio.${shortName(type)}`, literal(names.resource), objectOf(entries))
}

function property(node: ProgramNode, input: string, writing: Writing): Code {
  const { item, names } = node
  const { layout, file, secretKeys, nodes, options } = writing
  const value = item.inputs[input] ?? null
  const subject = names.identifier
  if (item.secrets.has(input)) return secretKeys.ask(`${subject} ${input}`, value)
  const pathOf = (sid: string): string | undefined => {
    if (sid === options.accountSid) {
      writing.mentionsAccount.add(file)
      return 'accountSid'
    }
    const needed = nodes.ofSid.get(sid)
    return needed && node.needs.has(needed) ? layout.pathOf(needed, file) : undefined
  }
  const document = documents.get(item.type.token)
  if (document?.property === input && typeof value === 'object') {
    return writeDocument({
      value,
      folder: document.folder,
      name: names.resource,
      pathOf,
      askSecret: (path) => secretKeys.ask(`${subject} ${path}`, ''),
      files: writing.files,
    })
  }
  const nameOf = (sid: string) => {
    const path = pathOf(sid)
    if (path === undefined) return undefined
    return name(path === 'accountSid' ? path : `${path}.sid`)
  }
  const secretOf = (path: string) => secretKeys.ask(`${subject} ${path}`, '')
  const addressOf = (text: string) => {
    for (const needed of node.needs) {
      const output = needed.item.addresses.get(text)
      if (output !== undefined) return name(`${layout.pathOf(needed, file)}.${output}`)
    }
    return undefined
  }
  return toCode(value, { nameOf, addressOf, secretOf }, input)
}

// Up to two properties are read in one line.
function objectOf(entries: readonly (readonly [string, Code])[]): Code {
  return { kind: 'object', entries, open: entries.length > 2 }
}

function contains(file: SourceFile, node: ProgramNode): boolean {
  return file.units.some(({ nodes }) => nodes.includes(node))
}

function keptSids({ ordered, ofSid }: Nodes, accountSid: string): Program['kept'] {
  return ordered.flatMap(({ item, names, needs }) =>
    item.declared
      ? [...new Set(sidsIn(item.inputs))]
          .filter((sid) => {
            const needed = ofSid.get(sid)
            return sid !== accountSid && !(needed && needs.has(needed))
          })
          .map((sid) => ({ sid, by: `${shortName(item.type)} ${names.resource}` }))
      : [],
  )
}
