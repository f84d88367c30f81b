import { createEngine } from '../../../local/engine/index.ts'

// One `up` in a process of its own, so that it can be killed. Arguments: project folder, state folder, port of the test provider
// if it is used.
const [, , projectDir = '', stateDir = '', port = ''] = process.argv
const engine = createEngine({
  projectDir,
  stateDir,
  stack: 'dev',
  passphrase: 'test',
  env: { ...process.env, ...(port ? { PULUMI_DEBUG_PROVIDERS: `test:${port}` } : {}) },
})
const result = await engine.up()
process.exitCode = result.ok ? 0 : 1
