import assert from 'node:assert/strict'
import { openStack } from '../../../local/commands/stack.ts'

describe('openStack', () => {
  it('takes a misspelt stack for no new one, and names those that there are', async () => {
    await assert.rejects(openStack('preview', { stack: 'prdo' }), {
      code: 'no-stack',
      message:
        /no stack “prdo” in .*; there are dev, local, prod\.\nFor a new one, write .*prdo\.yaml/,
    })
  })

  it('opens a stack that has a file', async () => {
    const { name, own } = await openStack('preview', { stack: 'prod' }, { passphrase: '' })
    assert.deepEqual([name, own], ['prod', true])
  })
})
