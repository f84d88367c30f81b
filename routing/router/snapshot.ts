import type { RouterState } from './state.ts'
export function takeSnapshot(state: RouterState): unknown {
  return state.now
}
export function restoreSnapshot(state: RouterState, snapshot: unknown): void {
  void state
  void snapshot
}
