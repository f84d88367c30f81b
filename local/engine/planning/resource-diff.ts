import type { DetailedDiff, Diff, DiffKind } from '../provider/provider.ts'
import {
  formatPath,
  type PropertyPath,
  parsePath,
  pathContains,
  resetAt,
} from '../values/property-path.ts'
import {
  equalValues,
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
  signatureKey,
  unwrapSecrets,
} from '../values/property-value.ts'

/** No change at all. */
export const noDiff: Diff = {
  changes: 'none',
  replaceKeys: [],
  changedKeys: [],
  stableKeys: [],
  deleteBeforeReplace: false,
  detailedDiff: undefined,
}

/** A replacement for a reason that no provider was asked about. */
export function replacementBecause(key: string): Diff {
  return { ...noDiff, changes: 'some', replaceKeys: [key] }
}

/** New inputs with every ignored place as it was in the old ones. */
export function applyIgnoreChanges(
  news: PropertyMap,
  olds: PropertyMap,
  ignoreChanges: readonly string[],
): PropertyMap {
  return ignoreChanges.reduce((inputs, text) => {
    const path = parsePath(text)
    return path.length === 1 && path[0] === '*' ? olds : resetAt(inputs, olds, path)
  }, news)
}

/** What the provider left open, settled: a comparison of inputs when it could not tell. */
export function settleDiff(diff: Diff, olds: PropertyMap, news: PropertyMap): Diff {
  if (diff.changes !== 'unknown') return diff
  const plainOlds = unwrapSecrets(olds)
  const plainNews = unwrapSecrets(news)
  if (equalValues(plainOlds, plainNews)) return { ...diff, changes: 'none' }
  const detailedDiff = diff.detailedDiff ?? compareInputs(plainOlds, plainNews)
  const keys = Object.keys(detailedDiff).map((path) => String(parsePath(path)[0]))
  return { ...diff, changes: 'some', detailedDiff, changedKeys: [...new Set(keys)] }
}

/** Whether the diff asks for a new object. */
export function isReplacement(diff: Diff): boolean {
  return (
    diff.changes !== 'none' &&
    (diff.replaceKeys.length > 0 ||
      Object.values(diff.detailedDiff ?? {}).some(({ kind }) => kind.endsWith('-replace')))
  )
}

/** The diff with the changes that `replaceOnChanges` names turned into replacements. */
export function applyReplaceOnChanges(
  diff: Diff,
  replaceOnChanges: readonly string[],
  hasInitErrors: boolean,
): Diff {
  const forInit = hasInitErrors && replaceOnChanges.includes('#initerror')
  const patterns = replaceOnChanges.filter((text) => !text.startsWith('#')).map(parsePath)
  const matches = (path: PropertyPath) => patterns.some((pattern) => pathContains(pattern, path))
  if (diff.changes !== 'some') {
    return forInit ? { ...diff, changes: 'some', replaceKeys: ['#initerror'] } : diff
  }
  const replaceKeys = new Set(diff.replaceKeys)
  const detailedDiff: Record<string, DetailedDiff[string]> = {}
  for (const [text, change] of Object.entries(diff.detailedDiff ?? {})) {
    const path = parsePath(text)
    const replaces = matches(path)
    if (replaces || change.kind.endsWith('-replace')) replaceKeys.add(String(path[0]))
    detailedDiff[text] = replaces ? { ...change, kind: asReplace(change.kind) } : change
  }
  for (const key of diff.changedKeys) if (matches([key])) replaceKeys.add(key)
  if (forInit) replaceKeys.add('#initerror')
  return {
    ...diff,
    replaceKeys: [...replaceKeys],
    detailedDiff: diff.detailedDiff && detailedDiff,
  }
}

/** Every place where two maps differ. */
export function compareInputs(olds: PropertyMap, news: PropertyMap): DetailedDiff {
  const found: Record<string, DetailedDiff[string]> = {}
  collect([], olds, news, found)
  return found
}

function collect(
  path: PropertyPath,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
  found: Record<string, DetailedDiff[string]>,
): void {
  if (equalValues(before, after)) return
  const add = (kind: DiffKind) => {
    found[formatPath(path)] = { kind, inputDiff: true }
  }
  if (before === undefined) add('add')
  else if (after === undefined) add('delete')
  else if (isPlainMap(before) && isPlainMap(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      collect([...path, key], before[key], after[key], found)
    }
  } else if (isList(before) && isList(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      collect([...path, i], before[i], after[i], found)
    }
  } else add('update')
}

function isPlainMap(value: PropertyValue): value is PropertyMap {
  return isMap(value) && !(signatureKey in value)
}

function asReplace(kind: DiffKind): DiffKind {
  switch (kind) {
    case 'add':
    case 'add-replace':
      return 'add-replace'
    case 'delete':
    case 'delete-replace':
      return 'delete-replace'
    default:
      return 'update-replace'
  }
}
