import { randomBytes } from 'node:crypto'
import { type Azurite, startAzurite } from '../../local/azurite.ts'

let shared: Promise<Azurite> | undefined

/** The connection string of this process’s one Azurite: it starts when a test asks for it, and leaves with the process. */
export async function azuriteConnection(): Promise<string> {
  shared ??= startAzurite()
  return (await shared).connectionString
}

/** A prefix for containers, tables and queues that no other test has. */
export function uniquePrefix(): string {
  return `t${randomBytes(6).toString('hex')}`
}
