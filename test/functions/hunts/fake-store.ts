import type { Store } from '../../../functions/store/store.ts'

/** Rows in memory; every access lets others go first. */
export function createFakeStore(
  rows: Map<string, { text: string; version: number }>,
  pass: () => Promise<void>,
): Store {
  const keyOf = (kind: string, id: string) => `${kind}/${id}`
  return {
    archive: async () => true,
    async read(kind, id) {
      await pass()
      const row = rows.get(keyOf(kind, id))
      return row && { value: JSON.parse(row.text), version: String(row.version) }
    },
    async create(kind, id, value) {
      await pass()
      if (rows.has(keyOf(kind, id))) return undefined
      rows.set(keyOf(kind, id), { text: JSON.stringify(value), version: 1 })
      return '1'
    },
    async replace(kind, id, value, version) {
      await pass()
      const row = rows.get(keyOf(kind, id))
      if (!row || String(row.version) !== version) return undefined
      rows.set(keyOf(kind, id), { text: JSON.stringify(value), version: row.version + 1 })
      await pass()
      return String(row.version + 1)
    },
    async remove(kind, id) {
      await pass()
      rows.delete(keyOf(kind, id))
    },
    async list(kind, most, from = '') {
      await pass()
      const prefix = `${kind}/`
      return [...rows.keys()]
        .filter((key) => key.startsWith(prefix) && key >= prefix + from)
        .toSorted()
        .slice(0, most)
        .map((key) => ({ id: key.slice(prefix.length) }))
    },
    async ping() {},
  }
}
