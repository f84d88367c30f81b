import {
  type EngineEvent,
  type OperationResult,
  renderEvent,
  renderPlan,
  renderSummary,
  toJson,
} from '../engine/index.ts'
import { Failure } from '../failure.ts'
import { type Command, parseFlags } from './command.ts'
import { pendingChoice, pendingFlags, pendingHelp } from './pending-flags.ts'
import { confirm, type OpenStack, openStack, stackFlags, stackHelp, tellCentre } from './stack.ts'

const forceFlag = { force: { type: 'boolean', default: false } } as const
const forceHelp =
  '      --force          delete also what has live tasks, workers or calls, and end those'

/** `npm run preview`: what `up` would do. */
export const previewCommand: Command = {
  help: `npm run preview -- [flags]\n\nRuns the program and shows the diff to what is deployed. Changes nothing.\n\n${stackHelp}\n      --json           print it as JSON`,
  async run(args) {
    const { values } = parseFlags('preview', args, {
      ...stackFlags,
      json: { type: 'boolean', default: false },
    })
    const { engine } = await openStack('preview', values)
    const result = await engine.preview()
    console.log(values.json ? JSON.stringify(toJson(result), null, 2) : renderPlan(result))
    return result.ok ? 0 : 1
  },
}

/** `npm run up`: deploys the program. */
export const upCommand: Command = {
  help: `npm run up -- [flags]\n\nRuns the program and makes what is deployed equal to it.\n\n${stackHelp}\n      --refresh        look first at what exists\n${forceHelp}`,
  async run(args) {
    const { values } = parseFlags('up', args, {
      ...stackFlags,
      ...forceFlag,
      refresh: { type: 'boolean', default: false },
    })
    const stack = await openStack('up', values, { onEvent: printEvent, force: values.force })
    return finish(stack, await stack.engine.up({ refresh: values.refresh }))
  },
}

/** `npm run refresh`: takes over into the state what exists. */
export const refreshCommand: Command = {
  help: `npm run refresh -- [flags]\n\nReads every resource and records what it finds. Changes no resource.\n\n${stackHelp}\n      --preview-only   show the differences, record nothing\n${pendingHelp}`,
  async run(args) {
    const flags = {
      ...stackFlags,
      ...pendingFlags,
      'preview-only': { type: 'boolean', default: false },
    } as const
    const { values, positionals } = parseFlags('refresh', args, flags, args.length)
    const choice = pendingChoice('refresh', values, positionals)
    const stack = await openStack('refresh', values)
    const result = await stack.engine.refresh({ ...choice, previewOnly: values['preview-only'] })
    console.log(renderPlan(result))
    return result.ok ? 0 : 1
  },
}

/** `npm run destroy`: deletes everything that the stack declares. */
export const destroyCommand: Command = {
  help: `npm run destroy -- [flags]\n\nShows what would go, and deletes every resource of the stack. A stack other than local is asked about first; one with live\ntasks, workers or calls is left alone.\n\n${stackHelp}\n  -y, --yes            do not ask\n${forceHelp}`,
  async run(args) {
    const { values } = parseFlags('destroy', args, {
      ...stackFlags,
      ...forceFlag,
      yes: { type: 'boolean', short: 'y', default: false },
    })
    const { force } = values
    let deleting = false
    const onEvent = (event: EngineEvent) => {
      if (deleting) printEvent(event)
    }
    const stack = await openStack('destroy', values, { onEvent, force })
    const plan = await stack.engine.destroy({ previewOnly: true })
    console.log(renderPlan(plan))
    refuseBlocked(plan)
    const sure = stack.name === 'local' || values.yes
    if (!(await confirm(`Delete every resource of the stack “${stack.name}”?`, sure))) {
      throw new Failure('not-confirmed', 'Nothing was deleted.', 'Say yes, or add --yes.')
    }
    deleting = true
    return finish(stack, await stack.engine.destroy())
  },
}

// What is known to fail in the middle is not begun.
function refuseBlocked({ diagnostics }: OperationResult): void {
  const blocked = new Set(diagnostics.filter(({ blocks }) => blocks).map(({ urn }) => urn)).size
  if (blocked === 0) return
  const what = blocked === 1 ? 'one resource has' : `${blocked} resources have`
  throw new Failure(
    'live-work',
    `Nothing was deleted: ${what} live tasks, workers or calls, as the warnings say.`,
    'Wait until they are over, or add --force.',
  )
}

async function finish(stack: OpenStack, result: OperationResult): Promise<number> {
  for (const line of renderSummary(result)) console.log(line)
  if (stack.run && stack.own) await tellCentre(stack.run)
  return result.ok ? 0 : 1
}

function printEvent(event: EngineEvent): void {
  const line = renderEvent(event)
  if (line !== undefined) console.log(line)
}
