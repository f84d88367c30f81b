import { readIgnoreList, renderInventory, takeInventory } from '../adopt/index.ts'
import { accountFlags, accountHelp, missingStateHint, openAccount } from './account.ts'
import { type Command, parseFlags } from './command.ts'
import { ignoreFile, readIgnoreFile } from './ignore-file.ts'
import { readRecorded } from './recorded.ts'

const help = `npm run inventory -- [flags]

Lists what is in the account and not in the stack, with the line that adopts each object; and what the
stack records although it is gone from the account. Changes nothing, and ends with 0.

${accountHelp}
      --state <file>      instead of the embedded engine’s: what “pulumi stack export” wrote
      --ignore <file>     what nobody wants to adopt (default ${ignoreFile} in this folder): a line holds a type and
                          an id or a name, * stands for anything, # starts a comment:
                            twilio:phoneNumbers:IncomingPhoneNumber +1202*    # numbers of the old centre
                            * WS0123…*                                        # a whole workspace
      --json              print it as JSON`

/** `npm run inventory`: what nobody manages. */
export const inventoryCommand: Command = {
  help,
  async run(args) {
    const { values } = parseFlags('inventory', args, {
      ...accountFlags,
      state: { type: 'string' },
      ignore: { type: 'string' },
      json: { type: 'boolean', default: false },
    })
    const [text, file] = await readIgnoreFile(values.ignore)
    const ignoreList = readIgnoreList(text, file)
    const recorded = values.state === undefined ? undefined : await readRecorded(values.state)
    const account = await openAccount('inventory', values)
    const { engine, name, managed } = account
    const inventory = await engine.survey('twilio', (survey) => {
      const hint = missingStateHint(account, survey.resources, values.state)
      if (hint) console.error(hint)
      return takeInventory(
        survey,
        ignoreList,
        recorded ?? (managed ? survey.resources : []),
        // The stack “local” is the embedded engine’s.
        name === 'local' ? 'npm run import --' : 'pulumi import',
      )
    })
    const stack = values.state ?? (managed ? `the stack “${name}”` : 'any stack (none was named)')
    console.log(
      values.json ? JSON.stringify(inventory, null, 2) : renderInventory(inventory, stack, file),
    )
    return 0
  },
}
