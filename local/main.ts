import { InvalidInput } from '../schemas/index.ts'
import { commands } from './commands/index.ts'
import { Failure } from './failure.ts'

const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    console.log(overview())
    return 0
  }
  const listed = commands.find((known) => known.name === name)
  if (!listed) {
    console.error(`There is no command “${name}”.\n\n${overview()}`)
    return 2
  }
  const command = await listed.load()
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

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return `Commands, each as “npm run <command>” with its flags after “--”:\n\n${lines.join('\n')}`
}

/** What a person can mend is one or two lines; anything else is a mistake of ours and shows where it happened. */
function describe(error: unknown): string {
  if (error instanceof Failure || error instanceof InvalidInput) return error.message
  // Every part's own errors carry a code in kebab case; those of Node and of libraries are written otherwise.
  if (error instanceof Error && 'code' in error && /^[a-z-]+$/.test(String(error.code))) {
    return error.message
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
