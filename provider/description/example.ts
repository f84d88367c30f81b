import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the example of a resource type lies in `examples`: `twilio:taskrouter:TaskQueue` → `taskrouter/task-queue.ts`. */
export function examplePath(token: string): string {
  const [, module = '', name = ''] = token.split(':')
  return `${kebab(module)}/${kebab(name)}.ts`
}

/** The text of the example of a resource type; undefined where it has none. */
export function exampleOf(token: string): string | undefined {
  const file = join(import.meta.dirname, '../examples', examplePath(token))
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()
}
