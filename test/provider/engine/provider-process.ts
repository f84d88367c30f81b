import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { connectProvider, type ProviderConnection } from './provider-connection.ts'

/** A started provider: the executable that an engine finds through Pulumi.yaml. */
export type ProviderProcess = ProviderConnection & {
  /** What it printed on both outputs, after the port. */
  printed(): string
  /** Ends it without any warning. */
  kill(): void
  /** Interrupts it as an engine does, and tells how it ended. */
  close(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

const executable = path.join(import.meta.dirname, '../../../provider/pulumi-resource-twilio')

/** Starts the provider. Only these variables, and what Node needs, are in its environment. */
export async function startProvider(
  env: Readonly<Record<string, string>> = {},
): Promise<ProviderProcess> {
  const engine = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(engine, 'listening')
  const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`
  const child = spawn(executable, [address], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const printed: string[] = []
  createInterface(child.stderr).on('line', (line) => printed.push(line))
  const lines = createInterface(child.stdout)
  const [port] = await Promise.race([
    once(lines, 'line'),
    ended.then(() => {
      throw new Error(`the provider ended before it printed its port: ${printed.join('\n')}`)
    }),
  ])
  lines.on('line', (line) => printed.push(line))
  const connection = connectProvider(Number(port))
  return {
    ...connection,
    printed: () => printed.join('\n'),
    kill: () => void child.kill('SIGKILL'),
    async close() {
      connection.disconnect()
      child.kill('SIGINT')
      const [code, signal] = await ended
      engine.close()
      return { code, signal }
    },
  }
}
