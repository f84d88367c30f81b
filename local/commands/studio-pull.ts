import { rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { FlowDefinition } from '../../schemas/index.ts'
import { Failure, UsageError } from '../failure.ts'
import { projectDir } from '../paths.ts'
import { deployedFlow, type RecordedStack } from '../studio/deployed-flow.ts'
import { describeChange } from '../studio/flow-changes.ts'
import { type FlowSource, readFlowSource } from '../studio/flow-source.ts'
import { type Pulled, pullFlow } from '../studio/pull-flow.ts'
import { unifiedDiff } from '../studio/unified-diff.ts'
import { accountFlags, accountHelp, openAccount } from './account.ts'
import { type Command, parseFlags } from './command.ts'
import { readRecorded } from './recorded.ts'

const help = `npm run studio:pull -- <flow> [flags]

Takes over into the source of a flow what somebody changed in Studio’s editor: SIDs and addresses become the
names that the source uses, places on the canvas are kept. studio-flows/<flow>.json is patched where it
differs; in studio-flows/<flow>.ts plain values, exits and widgets are. What the source computes is printed
as a difference, for somebody to make by hand; then the exit code is 1.

      --print             print the patch, and leave the source as it is
      --state <file>      instead of the embedded engine’s: what “pulumi stack export” wrote. Without a record
                          of what was deployed, texts that settings stand for count as unchanged
${accountHelp}`

/** `npm run studio:pull`: a change of the console becomes one of the source. */
export const studioPullCommand: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseFlags(
      'studio:pull',
      args,
      {
        ...accountFlags,
        print: { type: 'boolean', default: false },
        state: { type: 'string' },
      },
      1,
    )
    const [name] = positionals
    if (name === undefined) throw new UsageError('studio:pull', 'Name a flow of studio-flows/')
    const source = await readFlowSource(name, join(projectDir, 'studio-flows'))
    const stack = values.state === undefined ? undefined : await readStack(values.state)
    const { engine } = await openAccount('studio:pull', values)
    const found = await engine.survey('twilio', (survey) => deployedFlow(survey, name, stack))
    if (found === 'none') {
      throw new Failure(
        'not-deployed',
        `The account has no flow ${name}.`,
        'Deploy it first: npm run up. switchboard:studioFlows names the flows that a stack deploys, switchboard:ivr the main line’s',
      )
    }
    if (!found.deployed) {
      console.error(
        'No state records what was deployed: whatever the account has otherwise than the source counts as changed there. If the Pulumi CLI keeps it: pulumi stack export --file stack.json, then --state stack.json',
      )
    }
    if (found.draft !== undefined) {
      console.error(
        `Revision ${found.draft} is a draft: callers do not hear it yet. What it changes is taken over; an up publishes it.`,
      )
    }
    const pulled = await pullFlow({
      source,
      ...found,
      evaluate: (text) => evaluate(text, source),
    })
    for (const { widget, path, text } of pulled.unseen) {
      const place = `${widget ?? 'the flow'}, ${path.replace(/^states\[\d+\]\.(properties\.)?/, '')}`
      console.error(
        `${place}: what ${text} stood for is recorded nowhere, so a change of it is not seen.`,
      )
    }
    console.log(report(pulled, source))
    if (!values.print && pulled.text !== source.text) await writeFile(source.file, pulled.text)
    return pulled.left.length > 0 ? 1 : 0
  },
}

async function readStack(file: string): Promise<RecordedStack> {
  const recorded = await readRecorded(file)
  return {
    resources: recorded.filter(({ custom }) => custom),
    components: recorded.filter(({ custom }) => !custom),
  }
}

// A module is run beside the file that it will replace, since it imports by relative paths.
async function evaluate(text: string, { kind, file, flow }: FlowSource): Promise<FlowDefinition> {
  const scratch = `.${flow.name}.pulled-${process.pid}`
  const folder = dirname(file)
  const beside = join(folder, `${scratch}${kind === 'built' ? '.ts' : '.json'}`)
  try {
    await writeFile(beside, text)
    const { flow: patched } = await readFlowSource(flow.name, folder, scratch)
    return patched.definition
  } finally {
    await rm(beside, { force: true })
  }
}

function report({ text, made, left, live, written }: Pulled, { file, text: was }: FlowSource) {
  const name = relative(projectDir, file)
  const blocks = [
    made.length > 0
      ? ['Changed in the console:', ...made.map((change) => `  ${describeChange(change)}`)]
      : ['Nothing else was changed in the console.'].slice(0, left.length > 0 ? 1 : 0),
    [unifiedDiff(was, text, name)],
    ...(left.length === 0
      ? []
      : [
          [
            'To be made by hand:',
            ...left.map(({ change, why }) => `  ${describeChange(change)} (${why})`),
          ],
          [
            byHand(
              left.flatMap(({ change }) => ('widget' in change ? [change.widget] : [])),
              written,
              live,
            ),
          ],
        ]),
    made.length === 0 && left.length === 0
      ? ['The account has what the source says.']
      : ['Next: npm run refresh, so that the state knows this revision; then npm run preview.'],
  ]
  return blocks
    .map((lines) => lines.filter((line) => line !== '').join('\n'))
    .filter((block) => block !== '')
    .join('\n\n')
}

// The widgets as Studio has them, since the source has no text for what it computes.
function byHand(names: readonly string[], written: FlowDefinition, live: FlowDefinition): string {
  return [...new Set(names)]
    .map((name) => {
      const [before, after] = [written, live].map(({ states }) => {
        const state = states.find((one) => one.name === name)
        return state ? `${JSON.stringify(state, undefined, 2)}\n` : ''
      })
      return unifiedDiff(before ?? '', after ?? '', `widget ${name}`)
    })
    .join('\n')
}
