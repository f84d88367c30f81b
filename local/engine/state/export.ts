import { writeState } from './resource-state.ts'
import { showSecrets } from './secret-codec.ts'
import type { StateStore } from './state-store.ts'

/** The state as `pulumi stack export` prints it; its secrets stay encrypted unless asked for. */
export function exportDeployment(store: StateStore, withSecrets: boolean): string {
  const deployment = JSON.parse(store.write())
  if (withSecrets) {
    deployment.resources = store.snapshot.resources().map((state) => writeState(state, showSecrets))
  }
  return `${JSON.stringify({ version: 3, deployment }, null, 4)}\n`
}
