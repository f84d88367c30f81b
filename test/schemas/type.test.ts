import assert from 'node:assert/strict'
import { Type as TypeBox } from '@sinclair/typebox'
import { Type } from '../../schemas/index.ts'

type Builders = typeof Type

/** A schema of everything that is built here. */
function everything(build: Builders) {
  return build.Object(
    {
      text: build.String({ minLength: 1, pattern: '^a', description: 'a text' }),
      bare: build.String(),
      count: build.Optional(build.Integer({ minimum: 0, default: 3 })),
      share: build.Number({ maximum: 1 }),
      open: build.Optional(build.Boolean({ default: false, description: 'whether' })),
      nothing: build.Null(),
      order: build.Optional(
        build.Union([build.Literal('FIFO'), build.Literal('LIFO')], { default: 'FIFO' }),
      ),
      version: build.Literal(1),
      names: build.Array(build.String(), { minItems: 1, uniqueItems: true }),
      pair: build.Tuple([build.Integer(), build.Integer()]),
      attributes: build.Record(build.String(), build.Unknown(), { default: {} }),
      bySid: build.Record(build.String({ pattern: '^WQ' }), build.Integer()),
      any: build.Unknown({ description: 'anything' }),
      own: build.Unsafe<'x'>({ type: 'string', enum: ['x'] }),
      both: build.Composite(
        [
          build.Object({ a: build.String() }, { additionalProperties: false }),
          build.Object({ b: build.Optional(build.String()) }),
        ],
        { additionalProperties: false },
      ),
      loose: build.Object({ a: build.Optional(build.String()) }, { additionalProperties: true }),
    },
    { additionalProperties: false, description: 'everything' },
  )
}

describe('Type', () => {
  it('builds the JSON Schemas that TypeBox builds', () => {
    assert.deepEqual(plain(everything(Type)), plain(everything(TypeBox)))
  })
})

function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema))
}
