import { isRecord, unknownValue } from './values.ts'

/** How one property differs. */
export type PropertyChange = {
  /** Pulumi's property path: `configuration.task_routing.filters[0].targets[1].timeout`. */
  readonly path: string
  /** Its top-level property. */
  readonly property: string
  readonly kind: 'add' | 'delete' | 'update'
}

/** Where two values of one property differ, as deep as the difference goes. An unknown value differs from every other. */
export function diffProperty(property: string, before: unknown, after: unknown): PropertyChange[] {
  const changes: PropertyChange[] = []
  compare(property, before, after)
  return changes

  function compare(path: string, a: unknown, b: unknown): void {
    if (isAbsent(a) || isAbsent(b)) {
      if (isAbsent(a) && isAbsent(b)) return
      changes.push({ path, property, kind: isAbsent(a) ? 'add' : 'delete' })
    } else if (isRecord(a) && isRecord(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
        compare(path + keyPath(key), a[key], b[key])
      }
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) compare(`${path}[${i}]`, a[i], b[i])
    } else if (a !== b || b === unknownValue) {
      changes.push({ path, property, kind: 'update' })
    }
  }
}

/** Whether two values mean the same; null counts as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  return diffProperty('', a, b).length === 0
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}

function keyPath(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}
