import { demoAccount } from '../demo-account.ts'
import { UsageError } from '../failure.ts'
import { runFile } from '../paths.ts'
import { requireRun } from '../run-file.ts'
import { followCall } from './call-life.ts'
import { type Command, numberFlag, parseFlags } from './command.ts'
import { openLive } from './live.ts'

const help = `npm run call -- [flags]

Places a call from a virtual phone to the running centre and prints its life line by line.
Ends with 0 when somebody answered and the call was completed, else with 1.

  --from <number>         the caller's number (default ${demoAccount.callerNumber})
  --to <number>           the centre's number (default: its first)
  --digits <keys>         keys pressed when the menu asks for them, for example 2
  --hang-up-after <s>     seconds of talking after which the caller hangs up (default: when the agent does, at most 60)
  --give-up-after <s>     seconds without an answer after which the caller hangs up (default 120)`

/** `npm run call`: a call from the command line. */
export const callCommand: Command = {
  help,
  async run(args) {
    const { values } = parseFlags('call', args, {
      from: { type: 'string', default: demoAccount.callerNumber },
      to: { type: 'string' },
      digits: { type: 'string', default: '' },
      'hang-up-after': { type: 'string' },
      'give-up-after': { type: 'string' },
    })
    const seconds = (name: 'hang-up-after' | 'give-up-after', otherwise: number) =>
      numberFlag('call', name, values[name], { min: 0, max: 3_600 }) ?? otherwise
    for (const name of ['from', 'to'] as const) {
      const number = values[name]
      if (number !== undefined && !/^\+[1-9][0-9]{1,14}$/.test(number)) {
        throw new UsageError(
          'call',
          `--${name} must be a number such as ${demoAccount.callerNumber}, not “${number}”`,
        )
      }
    }
    if (!/^[0-9*#]*$/.test(values.digits)) {
      throw new UsageError('call', `--digits may hold 0–9, * and #, not “${values.digits}”`)
    }
    const talkSeconds = seconds('hang-up-after', 60)
    const waitSeconds = seconds('give-up-after', 120)
    const run = await requireRun(runFile)
    const live = openLive(run.consoleUrl)
    try {
      return await followCall({
        messages: live.messages,
        send: live.send,
        print: (line) => console.log(line),
        schedule(seconds, job) {
          const timer = setTimeout(job, seconds * 1000)
          return () => clearTimeout(timer)
        },
        from: values.from,
        to: values.to,
        digits: values.digits,
        talkSeconds,
        waitSeconds,
      })
    } finally {
      live.close()
    }
  },
}
