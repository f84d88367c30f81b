import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { declareObject } from '../adopt/index.ts'
import { renderPlan } from '../engine/index.ts'
import { UsageError } from '../failure.ts'
import { type Command, parseFlags } from './command.ts'
import { type OpenStack, openStack, stackFlags, stackHelp } from './stack.ts'

const help = `npm run import -- [file] [flags]
npm run import -- <type> <name> <id> [flags]

Takes existing objects over into the stack, as “pulumi import” does: reads each of them, records it,
changes none. The file is what npm run export wrote (default: import.json in the project’s folder).
With one object, its declaration is printed: the program has to have it, or the next up deletes what
was imported. Look at the outcome with: npm run preview

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
      3,
    )
    const [first, called, id] = positionals
    if (positionals.length === 2) {
      throw new UsageError('import', 'Name a file, or the type, the name and the id of an object')
    }
    const file = first ?? join(values.project ?? '.', 'import.json')
    if (id === undefined && !existsSync(file)) {
      throw new UsageError('import', `There is no file ${resolve(file)}`)
    }
    const stack = await openStack('import', values)
    const object = first && called && id ? { type: first, id, called } : undefined
    const declaration = object && (await declared(stack, object))
    const source = object ? { resources: [{ type: object.type, name: object.called, id }] } : file
    const result = await stack.engine.importResources(source, { protect: !values.unprotected })
    if (!result.ok) console.log(renderPlan(result))
    const count = result.summary.import ?? 0
    console.log(`Imported ${count} ${count === 1 ? 'object' : 'objects'} into “${stack.name}”.`)
    if (declaration && result.ok) {
      console.log(
        `\nFor the program (what it looks up, and the program declares, is better named by its variable):\n\n${declaration}`,
      )
    }
    return result.ok ? 0 : 1
  },
}

function declared(stack: OpenStack, object: Parameters<typeof declareObject>[1]): Promise<string> {
  return stack.engine.survey('twilio', (survey) => declareObject(survey, object, stack.name))
}
