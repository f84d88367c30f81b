import { readFile } from 'node:fs/promises'
import { defineSchema, Type } from '../../schemas/index.ts'
import type { Recorded } from '../adopt/index.ts'
import { Failure } from '../failure.ts'

const stackExport = defineSchema(
  'exported stack',
  Type.Object(
    {
      deployment: Type.Object(
        {
          resources: Type.Optional(
            Type.Array(
              Type.Object(
                {
                  urn: Type.String(),
                  type: Type.String(),
                  id: Type.Optional(Type.String()),
                  external: Type.Optional(Type.Boolean()),
                },
                { additionalProperties: true },
              ),
            ),
          ),
        },
        { additionalProperties: true },
      ),
    },
    { additionalProperties: true },
  ),
)

/** The resources that a file of `pulumi stack export` records as managed. */
export async function readRecorded(file: string): Promise<readonly Recorded[]> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const remedy = `Write it with: pulumi stack export --file ${file}`
    throw new Failure('unreadable-state', `${file} can’t be read: ${reason}`, remedy, cause)
  }
  const { resources = [] } = stackExport.parse(content).deployment
  return resources.filter(({ external }) => !external)
}
