import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

// Every file that is loaded until the provider listens, relative to the root.
const script = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({
  load(url, context, next) {
    loaded.push(url.replace(${JSON.stringify(`file://${root}/`)}, ''))
    return next(url, context)
  },
})
const { serveProvider } = await import(${JSON.stringify(`${root}/provider/protocol/server.ts`)})
const { port, close } = await serveProvider({})
console.log(JSON.stringify({ port, loaded }))
close()
`

describe('the provider until its first answer', () => {
  it('loads no resource, nothing that judges one, and nothing of Twilio', () => {
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    })
    const { loaded }: { loaded: readonly string[] } = JSON.parse(printed)
    const heavy =
      /^(routing|schemas|provider\/(?!protocol\/)|provider\/protocol\/(session|configuration)\.ts)/
    assert.deepEqual(
      loaded.filter((file) => heavy.test(file)),
      [],
    )
    assert.ok(loaded.filter((file) => file.startsWith('provider/')).length < 12)
    assert.deepEqual(
      loaded.filter((file) => /node_modules\/(ajv|@sinclair|twilio)\//.test(file)),
      [],
    )
  })
})
