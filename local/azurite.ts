import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { Failure } from './failure.ts'

/** Azure Storage on this machine. */
export interface Azurite {
  readonly connectionString: string
  readonly ports: AzuritePorts
  readonly pid: number
  /** Resolves when it has ended, asked to or not. */
  readonly exited: Promise<void>
  /** Ends it; what it holds on disk is written by then. */
  stop(): Promise<void>
}

/** Where its three services listen. */
export type AzuritePorts = {
  readonly blobs: number
  readonly queues: number
  readonly tables: number
}

/** How Azurite is started. */
export type AzuriteOptions = {
  /** Default 0 each: any free port. */
  readonly ports?: Partial<AzuritePorts>
  /** Folder for its data; without one everything stays in memory. */
  readonly folder?: string
}

/** Azurite did not come up. */
export class AzuriteFailed extends Failure {
  override readonly name = 'AzuriteFailed'

  constructor(message: string, remedy?: string) {
    super('azurite', message, remedy)
  }
}

// The account and key that every Azurite has: https://github.com/Azure/Azurite#default-storage-account
const account = 'devstoreaccount1'
const accountKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

/** Starts Azurite as a child process and waits until all three services answer. It leaves with its parent. */
export async function startAzurite({ ports = {}, folder }: AzuriteOptions = {}): Promise<Azurite> {
  if (folder) mkdirSync(folder, { recursive: true })
  const child = spawn(process.execPath, toArguments(ports, folder), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own group: Ctrl-C is the parent's to handle, who stops it last.
    detached: true,
  })
  const found = await readPorts(child, folder)
  child.unref()
  child.channel?.unref()
  const endpoint = (service: string, port: number) =>
    `${service}Endpoint=http://127.0.0.1:${port}/${account}`
  return {
    ports: found,
    pid: child.pid ?? 0,
    exited: once(child, 'exit').then(() => {}),
    connectionString: [
      'DefaultEndpointsProtocol=http',
      `AccountName=${account}`,
      `AccountKey=${accountKey}`,
      endpoint('Blob', found.blobs),
      endpoint('Queue', found.queues),
      endpoint('Table', found.tables),
    ].join(';'),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.ref()
      const exited = once(child, 'exit')
      const patience = setTimeout(() => child.kill('SIGKILL'), 5000)
      child.disconnect()
      await exited
      clearTimeout(patience)
    },
  }
}

function toArguments(ports: Partial<AzuritePorts>, folder: string | undefined): string[] {
  const program = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js')
  // Azurite leaves with SIGTERM once the channel is closed, which also happens when its parent is killed.
  const leaveWithParent =
    'data:text/javascript,process.once("disconnect",()=>process.emit("SIGTERM"))'
  return [
    ...['--import', leaveWithParent, program],
    ...['--blobPort', String(ports.blobs ?? 0)],
    ...['--queuePort', String(ports.queues ?? 0)],
    ...['--tablePort', String(ports.tables ?? 0)],
    ...(folder ? ['--location', folder] : ['--inMemoryPersistence']),
    '--silent',
    '--skipApiVersionCheck',
    '--disableTelemetry',
  ]
}

async function readPorts(child: ChildProcess, folder: string | undefined): Promise<AzuritePorts> {
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new AzuriteFailed('Azurite has no output to read its ports from')
  let complaint = ''
  stderr.on('data', (chunk) => {
    complaint += String(chunk)
  })
  const found = new Map<string, number>()
  for await (const line of createInterface({ input: stdout })) {
    const [, service, port] =
      /Azurite (\w+) service is successfully listening.*:(\d+)/.exec(line) ?? []
    if (service) found.set(service, Number(port))
    if (found.size === 3) break
  }
  const [blobs, queues, tables] = ['Blob', 'Queue', 'Table'].map((service) => found.get(service))
  if (!blobs || !queues || !tables) {
    const taken = /EADDRINUSE.*:(\d+)/.exec(complaint)?.[1]
    if (taken) {
      throw new AzuriteFailed(
        `Port ${taken} is taken by another program; stop it, or choose another port for Azurite`,
      )
    }
    throw new AzuriteFailed(
      `Azurite did not start: ${complaint.trim() || 'it said nothing'}`,
      folder &&
        `If it cannot read what an earlier run left in ${folder}: npm start -- --fresh begins without it.`,
    )
  }
  stdout.resume()
  // It may go on saying something, but nobody stays up for that.
  for (const output of [stdout, stderr]) if (output instanceof Socket) output.unref()
  return { blobs, queues, tables }
}
