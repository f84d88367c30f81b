import { randomBytes } from 'node:crypto'
import { type Azurite, startAzurite } from '../../local/azurite.ts'

let shared: Promise<Azurite> | undefined

/** The connection string of the one Azurite of this run; it starts when the first test asks for it. */
export async function azuriteConnection(): Promise<string> {
  shared ??= startAzurite()
  return (await shared).connectionString
}

/** A prefix for containers, tables and queues that no other test has. */
export function uniquePrefix(): string {
  return `t${randomBytes(6).toString('hex')}`
}

// At the top level of a module that test files import, this belongs to mocha's root suite.
after(async () => {
  await (await shared)?.stop()
})
