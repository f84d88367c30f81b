import { stringify } from 'yaml'
import { type PropertyMap, type Survey, unwrapSecrets } from '../engine/index.ts'
import { type Collection, type CollectOptions, collect } from './collect.ts'
import { type Program, writeProgram } from './program/write-program.ts'
import { slugOf } from './resource-names.ts'

/** What an export is told. */
export type ExportOptions = CollectOptions & {
  /** The account, where the stack's configuration does not name it. */
  readonly accountSid: string | undefined
  /** Name of the stack that the program is to be deployed as. */
  readonly stack: string
  /** Folder of the provider's executable, as the exported project reaches it. */
  readonly providerPath: string
  /** Names that the project can't have. */
  readonly takenProjects: readonly string[]
  /** Configuration that is written to the stack's file besides the account. */
  readonly config: Readonly<Record<string, string>>
  /** Packages that the program imports, where they do not lie in a folder above it. */
  readonly dependencies: Readonly<Record<string, string>>
}

/** An exported project. */
export type ExportedProject = Pick<Program, 'secrets' | 'kept'> &
  Pick<Collection, 'managed' | 'ignored' | 'unlisted'> & {
    readonly project: string
    /** Text by path, the import file among them. */
    readonly files: ReadonlyMap<string, string>
    /** How many resources it declares. */
    readonly declared: number
    /** How many it looks up by name. */
    readonly lookedUp: number
  }

/** Makes a Pulumi project of everything in the account that the stack does not have yet. */
export async function exportAccount(
  survey: Survey,
  options: ExportOptions,
): Promise<ExportedProject> {
  const collection = await collect(survey, options)
  const { items, managed, ignored, unlisted } = collection
  const configured = String(unwrapSecrets(survey.configuration)['accountSid'] ?? '')
  const accountSid = configured || options.accountSid || ''
  const project = chooseProject(collection, options.takenProjects)
  const program = writeProgram(items, { accountSid, project })
  const { secrets, kept, imports } = program
  const files = new Map(program.files)
  files.set('Pulumi.yaml', projectFile(project, accountSid, options.providerPath))
  files.set(`Pulumi.${options.stack}.yaml`, stackFile(survey.configuration, accountSid, options))
  files.set('package.json', packageFile(project, options.dependencies))
  files.set('import.json', `${JSON.stringify({ resources: imports }, null, 2)}\n`)
  return {
    project,
    files,
    declared: imports.length,
    lookedUp: items.length - imports.length,
    secrets,
    kept,
    managed,
    ignored,
    unlisted,
  }
}

function chooseProject({ items }: Collection, taken: readonly string[]): string {
  const workspaces = items.filter(({ type }) => type.name === 'Workspace')
  const [only] = workspaces
  const name = workspaces.length === 1 && only ? slugOf(only.name, 'workspace') : 'twilio-account'
  return taken.includes(name) ? `${name}-exported` : name
}

function projectFile(project: string, accountSid: string, providerPath: string): string {
  return stringify({
    name: project,
    description: `Twilio account ${accountSid}, as it was exported`,
    runtime: { name: 'nodejs', options: { typescript: false } },
    plugins: { providers: [{ name: 'twilio', path: providerPath }] },
  })
}

// Where the account is, never how one gets in.
function stackFile(
  configuration: PropertyMap,
  accountSid: string,
  { config }: ExportOptions,
): string {
  const place = ['baseUrl', 'region', 'edge'].flatMap((key) => {
    const value = configuration[key]
    return typeof value === 'string' ? [[`twilio:${key}`, value]] : []
  })
  const values = { 'twilio:accountSid': accountSid, ...Object.fromEntries(place), ...config }
  return stringify({ config: values })
}

function packageFile(project: string, dependencies: Readonly<Record<string, string>>): string {
  const content = {
    name: project,
    private: true,
    type: 'module',
    main: 'index.ts',
    ...(Object.keys(dependencies).length > 0 ? { dependencies } : {}),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
