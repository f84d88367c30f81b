import { isList, isMap, type PropertyMap, type PropertyValue } from './property-value.ts'

/** A place inside a property map: names, indexes, and `*` for all of them. */
export type PropertyPath = readonly (string | number)[]

const anyKey = '*'

/** Reads `a`, `a.b`, `a["k.with.dot"]`, `a[0]`, `a[*]`; throws on what is not a path. In quotes Pulumi knows one escape, `\"`. */
export function parsePath(text: string): PropertyPath {
  const path: (string | number)[] = []
  const part = /\.?([^.[\]"]+)|\.?\["((?:\\"|[^"])*)"\]|\[(\d+|\*)\]/y
  while (part.lastIndex < text.length) {
    const at = part.lastIndex
    const match = part.exec(text)
    if (!match) throw new Error(`"${text}" is not a property path: unexpected text at ${at}`)
    const [, name, quoted, index] = match
    if (quoted !== undefined) path.push(quoted.replaceAll('\\"', '"'))
    else path.push(index !== undefined && index !== anyKey ? Number(index) : (name ?? anyKey))
  }
  return path
}

/** Writes a path the way Pulumi does. */
export function formatPath(path: PropertyPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    if (!/^[^.[\]"]+$/.test(part)) return `${text}["${part.replaceAll('"', '\\"')}"]`
    return text ? `${text}.${part}` : part
  }, '')
}

/** Whether `pattern` names the place `path` or one above it. */
export function pathContains(pattern: PropertyPath, path: PropertyPath): boolean {
  return (
    pattern.length <= path.length && pattern.every((part, i) => part === anyKey || part === path[i])
  )
}

/** The value at a path without wildcards, undefined when there is none. */
export function getAt(
  value: PropertyValue | undefined,
  path: PropertyPath,
): PropertyValue | undefined {
  return path.reduce<PropertyValue | undefined>((inner, part) => child(inner, part), value)
}

/**
 * Makes `next` at `path` what it is in `previous`: the old value, or nothing where there was none.
 * Throws when the place cannot be reached in `next`.
 */
export function resetAt(next: PropertyMap, previous: PropertyMap, path: PropertyPath): PropertyMap {
  const result = reset(next, previous, path)
  if (!isMap(result)) throw new Error(`nothing can be ignored at "${formatPath(path)}"`)
  return result
}

function reset(
  next: PropertyValue | undefined,
  previous: PropertyValue | undefined,
  path: PropertyPath,
): PropertyValue | undefined {
  const [part, ...rest] = path
  if (part === undefined) return previous
  if (part === anyKey) {
    return keysOf(next, previous).reduce<PropertyValue | undefined>(
      (result, key) => reset(result, previous, [key, ...rest]),
      next,
    )
  }
  const inner = reset(child(next, part), child(previous, part), rest)
  if (isList(next) && typeof part === 'number') {
    // A list keeps its length: an element cannot be taken out without moving its neighbours.
    return inner === undefined || part >= next.length ? next : next.with(part, inner)
  }
  if (!isMap(next)) return inner === undefined ? next : previous
  const { [String(part)]: _, ...others } = next
  return inner === undefined ? others : { ...next, [String(part)]: inner }
}

function child(value: PropertyValue | undefined, part: string | number): PropertyValue | undefined {
  if (isList(value)) return typeof part === 'number' ? value[part] : undefined
  return isMap(value) && Object.hasOwn(value, part) ? value[part] : undefined
}

function keysOf(
  next: PropertyValue | undefined,
  previous: PropertyValue | undefined,
): (string | number)[] {
  if (isList(next)) return next.map((_, i) => i)
  const keys = [next, previous].flatMap((value) => (isMap(value) ? Object.keys(value) : []))
  return [...new Set(keys)]
}
