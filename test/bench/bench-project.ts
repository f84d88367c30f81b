import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { demoAccount } from '../../local/demo-account.ts'
import { type Usage, watchUsage } from './process-usage.ts'

const root = resolve(import.meta.dirname, '../..')

/** What a command took. */
export type Measured = { readonly seconds: number; readonly usage: Usage | undefined }

/** Runs one operation of the embedded engine in a process of its own. */
export function measureEmbedded(
  operation: 'up' | 'preview' | 'refresh',
  dir: string,
  more: NodeJS.ProcessEnv = {},
): Promise<Measured> {
  const script = join(import.meta.dirname, 'engine-run.ts')
  // With the compile cache, as `npm run up` has it.
  const env = {
    NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    ...process.env,
    ...more,
  }
  return measure(process.execPath, [script, dir, join(dir, 'state'), operation], { env })
}

/** Runs a command to its end; fails with what it printed on stderr. */
export function measure(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const startedAt = performance.now()
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] })
  const watch = watchUsage(child.pid)
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      const usage = watch.stop()
      const seconds = (performance.now() - startedAt) / 1000
      if (code === 0) resolve({ seconds, usage })
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${complaints}`))
    })
  })
}

/** A project of its own in a temporary folder, which the caller removes. */
export function writeProject(
  provider: 'twilio' | 'idle',
  program: string,
  twilioUrl: string,
): string {
  const dir = mkdtempSync(join(tmpdir(), 'bench-engine-'))
  symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text)
  const folder = provider === 'twilio' ? join(root, 'provider') : join(dir, 'idle')
  write('package.json', '{"type":"module","main":"index.js"}')
  write(
    'Pulumi.yaml',
    `name: bench\nruntime: {name: nodejs, options: {typescript: false}}\nplugins: {providers: [{name: ${provider}, path: ${folder}}]}\n`,
  )
  write(
    'Pulumi.bench.yaml',
    `config:\n  twilio:accountSid: ${demoAccount.accountSid}\n  twilio:authToken: ${demoAccount.authToken}\n  twilio:baseUrl: ${twilioUrl}\n`,
  )
  write('index.js', program)
  if (provider === 'idle') {
    mkdirSync(folder)
    const executable = join(folder, 'pulumi-resource-idle')
    const server = join(import.meta.dirname, 'idle-provider.ts')
    writeFileSync(executable, `#!/usr/bin/env node\nimport ${JSON.stringify(server)}\n`)
    chmodSync(executable, 0o755)
  }
  return dir
}

/** So many resources of a provider that does nothing, one of which the others depend on. */
export const idleProgram = (size: number) => `
import * as pulumi from '@pulumi/pulumi'
class Idle extends pulumi.CustomResource {
  constructor(name, args) {
    super('idle:index:Idle', name, { sid: undefined, ...args })
  }
}
const first = new Idle('first', { friendlyName: 'bench' })
for (let i = 1; i < ${size}; i++) {
  new Idle('idle-' + i, { parentSid: first.sid, friendlyName: 'idle-' + i, tags: { a: 1, b: ['x'] } })
}
`
