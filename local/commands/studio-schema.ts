import { writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { projectDir } from '../paths.ts'
import { flowSchema } from '../studio/flow-schema.ts'
import { type Command, parseFlags } from './command.ts'

const help = `npm run studio:schema

Writes the JSON Schema of flows, schemas/studio/flow.schema.json, anew: after a change of what
schemas/studio/widgets/ says of a widget. Editors of texts check and complete studio-flows/*.json with it.`

/** `npm run studio:schema`: what editors of texts know of exported flows. */
export const studioSchemaCommand: Command = {
  help,
  async run(args) {
    parseFlags('studio:schema', args, {})
    const folder = join(projectDir, 'schemas/studio')
    const out = join(folder, 'flow.schema.json')
    const schema = await flowSchema(join(folder, 'widgets'))
    await writeFile(out, `${JSON.stringify(schema, undefined, 1)}\n`)
    console.log(`Wrote ${relative(projectDir, out)}`)
    return 0
  },
}
