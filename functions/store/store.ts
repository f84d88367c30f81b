/** A stored value and the version it was read at. */
export type Stored = {
  readonly value: unknown
  readonly version: string
}

/**
 * State that outlives a request. Every call is bounded in time and throws when the storage cannot be
 * reached; `kind` and `id` are plain names without slashes.
 */
export interface Store {
  /** Writes an object to the archive; false when one of that path is there already. */
  archive(path: string, text: string): Promise<boolean>
  read(kind: string, id: string): Promise<Stored | undefined>
  /** Its version; undefined when there is one already: nothing is changed then. */
  create(kind: string, id: string, value: unknown): Promise<string | undefined>
  /** The new version; undefined when it was changed since `version` was read: nothing is changed then. */
  replace(kind: string, id: string, value: unknown, version: string): Promise<string | undefined>
  /** Gone already is fine. */
  remove(kind: string, id: string): Promise<void>
  /** Ids of everything of that kind in the order of the ids, from that one on, or of the first so many (1000 at most). */
  list(kind: string, most?: number, from?: string): Promise<readonly { readonly id: string }[]>
  /** Throws when a part of the storage does not answer. */
  ping(): Promise<void>
}
