import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { stackConfiguration, twilioConfiguration } from '../../schemas/index.ts'

describe('infra/README.md', () => {
  it('explains every key of a stack’s configuration, and no other', () => {
    const text = readFileSync(path.join(import.meta.dirname, '../../infra/README.md'), 'utf8')
    const explained = [...text.matchAll(/^\| `(\w+:\w+)` \|/gm)].map(([, key]) => key)
    const known = [
      ...Object.keys(twilioConfiguration.json.properties).map((key) => `twilio:${key}`),
      ...Object.keys(stackConfiguration.json.properties).map((key) => `switchboard:${key}`),
    ]
    assert.deepEqual(explained.toSorted(), known.toSorted())
  })
})
