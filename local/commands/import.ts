import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { renderPlan } from '../engine/index.ts'
import { UsageError } from '../failure.ts'
import { type Command, parseFlags } from './command.ts'
import { openStack, stackFlags, stackHelp } from './stack.ts'

const help = `npm run import -- [file] [flags]

Takes existing objects over into the stack, as “pulumi import --file” does: reads each of them, records it,
changes none. The file is what npm run export wrote (default: import.json in the project’s folder).
The program has to declare what is imported; look at it afterwards: npm run preview

${stackHelp}
      --unprotected    leave them free to be deleted (otherwise as with the Pulumi CLI: protected until
                       the next up, which follows the program)`

/** `npm run import`: existing objects come under management. */
export const importCommand: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseFlags(
      'import',
      args,
      { ...stackFlags, unprotected: { type: 'boolean', default: false } },
      1,
    )
    const file = positionals[0] ?? join(values.project ?? '.', 'import.json')
    if (!existsSync(file)) throw new UsageError('import', `There is no file ${resolve(file)}`)
    const stack = await openStack('import', values)
    const result = await stack.engine.importResources(file, { protect: !values.unprotected })
    if (!result.ok) console.log(renderPlan(result))
    const count = result.summary.import ?? 0
    console.log(`Imported ${count} ${count === 1 ? 'object' : 'objects'} into “${stack.name}”.`)
    return result.ok ? 0 : 1
  },
}
