import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { renderPlan } from '../../../local/engine/index.ts'
import type { Account } from './exported-project.ts'

type Exported = Awaited<ReturnType<Account['export']>>

/** Its program is formatted, its import brings everything in, and then there is nothing to do. Gives its folder. */
export async function assertRoundTrip(
  account: Account,
  project: Exported,
  config: Readonly<Record<string, string>> = {},
): Promise<string> {
  const dir = account.write(project)
  assertFormatted(dir, project)
  const engine = account.engine(dir, config)
  const imported = await engine.importResources(join(dir, 'import.json'))
  assert.ok(imported.ok, renderPlan(imported, { color: false }))
  assert.equal(imported.summary.import, project.declared)
  const preview = await engine.preview()
  const ops = Object.keys(preview.summary).filter((op) => op !== 'same')
  assert.ok(preview.ok, renderPlan(preview, { color: false }))
  assert.deepEqual(ops, [], renderPlan(preview, { color: false }))
  return dir
}

function assertFormatted(dir: string, project: Exported): void {
  const root = resolve(import.meta.dirname, '../../..')
  const sources = [...project.files.keys()].filter((path) => path.endsWith('.ts'))
  const flags = ['format', '--vcs-enabled=false', `--config-path=${join(root, 'biome.json')}`]
  try {
    execFileSync(join(root, 'node_modules/.bin/biome'), [...flags, ...sources], {
      cwd: dir,
      stdio: 'pipe',
    })
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: Buffer; readonly stderr: Buffer }
    assert.fail(`not as the formatter has it:\n${stdout}${stderr}`)
  }
}
