import type { ResourceDescription } from '../../../provider/description/description.ts'
import type { Properties } from '../engine/wire.ts'

const expressionKeys = ['targetWorkers', 'expression', 'skip_if']

/**
 * The same program, written otherwise: keys and sets in another order, spaces in expressions, numbers of a routing document as text,
 * addresses with their port.
 */
export function respelled(resource: ResourceDescription, program: Properties): Properties {
  const sets = resource.set ?? []
  const compared = Object.keys(resource.canonical ?? {})
  const spell = (value: unknown, key: string, path: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => spell(item, key, path))
      return sets.includes(path) || resource.token === 'twilio:events:Subscription'
        ? items.reverse()
        : items
    }
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([name, item]) => [
        name,
        spell(item, name, path ? `${path}.${name}` : name),
      ])
      return Object.fromEntries(entries.reverse())
    }
    if (path.startsWith('configuration.') && ['timeout', 'priority'].includes(key)) {
      return String(value)
    }
    if (typeof value !== 'string') return value
    if (expressionKeys.includes(key)) return value.replaceAll(/ ?(==|>=|>|AND|OR) ?/g, '  $1  ')
    if (compared.some((name) => path === name || path.startsWith(`${name}.`))) {
      return value.replace(/^https:\/\/example\.com/, 'https://EXAMPLE.com:443')
    }
    return value
  }
  return spell(program, '', '') as Properties
}
