import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../failure.ts'
import { projectDir } from '../paths.ts'
import { drawFlow } from '../studio/draw-flow.ts'
import { readFlowSource } from '../studio/flow-source.ts'
import { type Command, parseFlags } from './command.ts'

const help = `npm run studio:graph -- <flow> [flags]

Draws a flow of studio-flows/ as an SVG picture: each widget with its exits, laid out where it has no place of
its own. The picture follows the light or dark scheme of the page that shows it.

      --out <file>        where to write (default <flow>.svg; - prints it)`

/** `npm run studio:graph`: a picture of a flow. */
export const studioGraphCommand: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseFlags('studio:graph', args, { out: { type: 'string' } }, 1)
    const [name] = positionals
    if (name === undefined) throw new UsageError('studio:graph', 'Name a flow of studio-flows/')
    const { flow } = await readFlowSource(name, join(projectDir, 'studio-flows'))
    const picture = drawFlow(name, flow.definition)
    if (values.out === '-') {
      console.log(picture)
      return 0
    }
    const out = values.out ?? `${name}.svg`
    await writeFile(out, picture)
    console.log(`Drew ${flow.definition.states.length} widgets in ${out}`)
    return 0
  },
}
