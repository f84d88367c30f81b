import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { type Code, call, literal, name } from '../../../local/adopt/program/code.ts'
import { printStatement, quote } from '../../../local/adopt/program/print-code.ts'

const root = resolve(import.meta.dirname, '../../..')

const words = fc.stringMatching(/^[a-z]{1,12}$/)
const text = fc.oneof(words, fc.string({ maxLength: 40 }), fc.stringMatching(/^[a-z ]{60,120}$/))
const leaf: fc.Arbitrary<Code> = fc.oneof(
  text.map(literal),
  fc.integer().map(literal),
  fc.boolean().map(literal),
  fc.constantFrom('queues.spanish.sid', 'workspace.sid').map(name),
)
const code = fc.letrec<{ code: Code; object: Code }>((tie) => ({
  code: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .array(fc.integer({ min: 0, max: 9999 }), { maxLength: 40 })
      .map((numbers): Code => ({ kind: 'array', items: numbers.map(literal) })),
    fc.array(tie('code'), { maxLength: 4 }).map((items): Code => ({ kind: 'array', items })),
    tie('object'),
  ),
  object: fc
    .tuple(fc.dictionary(words, tie('code'), { maxKeys: 4, noNullPrototype: true }), fc.boolean())
    .map(([entries, open]): Code => ({ kind: 'object', entries: Object.entries(entries), open })),
}))

describe('printStatement', () => {
  it('prints as the formatter of this project has it', () => {
    const dir = mkdtempSync(join(tmpdir(), 'print-'))
    try {
      // One run of the formatter for all samples: it takes its time to start.
      const samples = fc.sample(fc.tuple(text, code.object), { numRuns: 150, seed: 7 })
      const statements = samples.map(([first, object], i) =>
        printStatement(`const it${i} = `, call('new twilio.studio.Flow', literal(first), object)),
      )
      writeFileSync(join(dir, 'samples.ts'), `${statements.join('\n\n')}\n`)
      const flags = ['format', '--vcs-enabled=false', `--config-path=${join(root, 'biome.json')}`]
      execFileSync(join(root, 'node_modules/.bin/biome'), [...flags, 'samples.ts'], {
        cwd: dir,
        stdio: 'pipe',
      })
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer }
      assert.fail(`${stdout}${stderr}`)
    } finally {
      rmSync(dir, { recursive: true, force: true })
    }
  })
})

describe('quote', () => {
  it('gives back every text, in the quotes that need fewer escapes', () => {
    assert.equal(quote('languages HAS "es"'), `'languages HAS "es"'`)
    assert.equal(quote("it's"), `"it's"`)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (sample) => {
        assert.equal(new Function(`return ${quote(sample)}`)(), sample)
      }),
    )
  })
})
