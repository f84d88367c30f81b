import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ExportedProject } from '../../../local/adopt/index.ts'
import { upCentre } from '../../provider/engine/centre.ts'
import { startEngine } from '../../provider/engine/engine.ts'
import { assertRoundTrip } from './assert-round-trip.ts'
import { type Account, startAccount } from './exported-project.ts'

describe('exportAccount of a centre with every resource type', () => {
  let account: Account
  let project: ExportedProject
  before(async () => {
    account = await startAccount()
    const provider = await startEngine(account.url)
    try {
      await upCentre(provider)
    } finally {
      provider.close()
    }
    project = await account.export(account.engine())
  })
  after(() => account.close())

  it('round-trips all of them', async () => {
    const secrets = project.secrets.map((key) => [`${project.project}:${key}`, 'unknown'])
    await assertRoundTrip(account, project, Object.fromEntries(secrets))
  })

  it('keeps no SID', () => {
    assert.deepEqual(project.kept, [])
  })

  it('has the types of this project', () => {
    const dir = account.write(project)
    const root = resolve(import.meta.dirname, '../../..')
    const typeRoots = [join(root, 'node_modules/@types')]
    const compilerOptions = { types: ['node'], typeRoots }
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify(config))
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), [], { cwd: dir })
    // What it says of other folders is theirs to answer for.
    const own = String(stdout)
      .split('\n')
      .filter((line) => /^\w+\.ts\(/.test(line))
    assert.deepEqual(own, [])
  })
})
