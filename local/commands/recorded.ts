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
                  custom: Type.Optional(Type.Boolean()),
                  parent: Type.Optional(Type.String()),
                  inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
                  outputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
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

/** What is recorded of a resource besides its identity. A component is not `custom`. */
export type Recording = {
  readonly custom?: boolean
  readonly parent?: string
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly outputs?: Readonly<Record<string, unknown>>
}

/** The resources that a file of `pulumi stack export` records as managed. */
export async function readRecorded(file: string): Promise<readonly (Recorded & Recording)[]> {
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
