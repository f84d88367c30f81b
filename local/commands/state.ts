import { writeFile } from 'node:fs/promises'
import { UsageError } from '../failure.ts'
import { type Command, parseFlags } from './command.ts'
import { type OpenStack, openStack, stackFlags, stackHelp, tellCentre } from './stack.ts'

const help = `npm run state -- <action> [flags]

Looks at the recorded state of a stack, and mends it.

  pending              list operations that were under way when a run was cut off
  clear-pending [urn]  forget them all, or the one of that URN; look first whether its object exists
  export [file]        write the state as “pulumi stack export” does
  import <file>        replace the state by an exported one
  resources <file>     take over existing objects, as “pulumi import --file” does

${stackHelp}
  --show-secrets       export secrets in plain text`

const usage = 'Say what to do: pending, clear-pending, export, import or resources'

/** `npm run state`: the recorded state, and what to do when a run was cut off. */
export const stateCommand: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseFlags(
      'state',
      args,
      { ...stackFlags, 'show-secrets': { type: 'boolean', default: false } },
      2,
    )
    const [action, argument] = positionals
    if (!action || !(action in actions)) throw new UsageError('state', usage)
    const stack = await openStack('state', values)
    return actions[action as keyof typeof actions](stack, argument, values['show-secrets'])
  },
}

type Action = (stack: OpenStack, argument: string | undefined, secrets: boolean) => Promise<number>

const actions = {
  async pending({ engine }) {
    const pending = await engine.pendingOperations()
    if (pending.length === 0) console.log('No operation is pending.')
    for (const { type, urn } of pending) console.log(`${type}  ${urn}`)
    return 0
  },
  async 'clear-pending'({ engine }, urn) {
    await engine.clearPending(urn === undefined ? undefined : [urn])
    console.log(urn ? `Forgot the pending operation on ${urn}.` : 'Forgot all pending operations.')
    return 0
  },
  async export({ engine }, file, showSecrets) {
    const text = await engine.exportStack({ showSecrets })
    if (file) await writeFile(file, text)
    else console.log(text)
    return 0
  },
  async import(stack, file) {
    if (!file) throw new UsageError('state', 'Name the file to import')
    for (const line of await stack.engine.importStack(file)) console.log(line)
    console.log(`The state of “${stack.name}” is now that of ${file}.`)
    if (stack.run && stack.own) await tellCentre(stack.run)
    return 0
  },
  async resources(stack, file) {
    if (!file) throw new UsageError('state', 'Name the file that lists the resources')
    const result = await stack.engine.importResources(file)
    console.log(`Imported ${result.summary.import ?? 0} resources.`)
    return result.ok ? 0 : 1
  },
} as const satisfies Readonly<Record<string, Action>>
