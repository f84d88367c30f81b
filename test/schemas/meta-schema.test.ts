import assert from 'node:assert/strict'
import { Ajv } from 'ajv'
import * as schemas from '../../schemas/index.ts'

describe('every schema', () => {
  it('is itself a JSON Schema, which is not checked again at run time', () => {
    const ajv = new Ajv()
    const defined = Object.entries(schemas).filter(
      (entry): entry is [string, schemas.Schema<never>] =>
        typeof entry[1] === 'object' && 'json' in entry[1],
    )
    assert.ok(defined.length > 10)
    for (const [name, { json }] of defined) {
      assert.ok(ajv.validateSchema(json), `${name}: ${ajv.errorsText()}`)
    }
  })
})
