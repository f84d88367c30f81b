import type { Change, ChangeDesk } from './change.ts'

/** What a preview found. */
export type PreviewedChange = { readonly text: string; readonly changes: boolean }

/** How changes are looked at and applied. */
export type ChangeDeskOptions = {
  /** Rejects when the program is broken; its message is shown. */
  readonly preview: () => Promise<PreviewedChange>
  readonly apply: () => Promise<void>
}

/** The change desk, with the door through which saved files come in. */
export interface OpenChangeDesk extends ChangeDesk {
  /** Files were saved: previews, and puts the result on the desk. Saves during a preview are looked at after it. */
  saved(files: readonly string[]): Promise<void>
}

/** Creates an empty desk. */
export function createChangeDesk({ preview, apply }: ChangeDeskOptions): OpenChangeDesk {
  const listeners = new Set<(change: Change | null) => void>()
  const unseen = new Set<string>()
  let files: string[] = []
  let current: Change | null = null
  let busy = false

  function put(change: Change | null): void {
    current = change
    for (const listener of listeners) listener(change)
  }

  async function look(): Promise<void> {
    files = [...new Set([...(current?.files ?? []), ...unseen])].sort()
    unseen.clear()
    try {
      const { text, changes } = await preview()
      put(changes ? { files, text, state: 'pending' } : null)
    } catch (error) {
      put({ files, text: messageOf(error), state: 'failed' })
    }
  }

  async function workOff(first?: () => Promise<void>): Promise<void> {
    if (busy) return
    busy = true
    try {
      await first?.()
      while (unseen.size > 0) await look()
    } finally {
      busy = false
    }
  }

  return {
    current: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async saved(names) {
      for (const name of names) unseen.add(name)
      await workOff()
    },
    async apply() {
      if (busy || current?.state !== 'pending') return
      const change = current
      await workOff(async () => {
        put({ ...change, state: 'applying' })
        try {
          await apply()
          put(null)
        } catch (error) {
          put({ ...change, text: messageOf(error), state: 'failed' })
        }
      })
    },
    ignore() {
      if (!busy && current) put(null)
    },
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
