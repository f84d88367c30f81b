/** A change of the program that was previewed and waits for a decision. */
export type Change = {
  /** Files that were saved, relative to the project. */
  readonly files: readonly string[]
  /** The diff as text, or why there is none; coloured where the terminal shows colours. */
  readonly text: string
  readonly state: 'pending' | 'applying' | 'failed'
}

/** The change that waits, if any. The terminal and the page look at the same one. */
export interface ChangeDesk {
  current(): Change | null
  /** Applies the pending change; does nothing when none waits or one is being applied. */
  apply(): Promise<void>
  /** Forgets the pending change until the next file is saved. */
  ignore(): void
  subscribe(listener: (change: Change | null) => void): () => void
}
