import assert from 'node:assert/strict'
import * as pulumi from '@pulumi/pulumi'
import { HuntGroup, type HuntGroupArgs } from '../../../infra/components/hunt-groups.ts'
import { runProgram } from '../run-program.ts'

const sid = `WK${'1'.repeat(32)}`
const args: HuntGroupArgs = {
  roster: { alice: { sid: pulumi.output(sid) } },
  tiers: [{ name: 'own team', seconds: 20, workers: ['alice'] }],
  fallback: { kind: 'voicemail' },
  startedBy: ['crm'],
}

const declare = (change: Partial<HuntGroupArgs> = {}) =>
  runProgram({
    program: () => ({ settings: new HuntGroup('managers', { ...args, ...change }).settings }),
  })

describe('HuntGroup', () => {
  it('tells the functions its tiers by SID, its fallback and who may start it', async () => {
    const { outputs } = await declare()
    assert.deepEqual(outputs['settings'], {
      fallback: { kind: 'voicemail' },
      startedBy: ['crm'],
      tiers: [{ name: 'own team', seconds: 20, workers: [sid] }],
    })
  })

  it('refuses a worker who is not declared', () =>
    assert.rejects(
      declare({ tiers: [{ seconds: 20, workers: ['bob'] }] }),
      /names the worker “bob”; declared: alice/,
    ))

  it('refuses a tier that is too short to ring', () =>
    assert.rejects(
      declare({ tiers: [{ seconds: 4, workers: ['alice'] }] }),
      /tiers\[0\]\.seconds must be >= 5 \(5 to 3600 seconds\)/,
    ))
})
