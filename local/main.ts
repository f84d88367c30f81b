import { InvalidInput } from '../schemas/index.ts'
import { type Command, commands } from './commands/index.ts'
import { Failure } from './failure.ts'

const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview(commands))
    return 0
  }
  const command = commands.find((known) => known.name === name)
  if (!command) {
    console.error(`There is no command “${name}”.\n\n${overview(commands)}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    console.error(describe(error))
    return 1
  }
}

function overview(list: readonly Command[]): string {
  const width = Math.max(...list.map((command) => command.name.length))
  const lines = list.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return `Commands, each as “npm run <command>” with its flags after “--”:\n\n${lines.join('\n')}`
}

/** What a person can mend is one or two lines; anything else is a mistake of ours and shows where it happened. */
function describe(error: unknown): string {
  if (error instanceof Failure || error instanceof InvalidInput) return error.message
  if (error instanceof Error && 'code' in error && 'remedy' in error) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
