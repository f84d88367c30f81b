import type { Store } from './store.ts'

type Armed = { readonly at: number; readonly done: Promise<void> }

// By store, and in it by kind: the latest is enough, for times only go on.
const armed = new WeakMap<Store, Map<string, Armed>>()

/**
 * Sets what is to come once at that time, however many processes ask: a row says that it is set. This process asks the store once
 * for each time; what fails is asked for again.
 */
export function armOnce(
  kind: string,
  at: number,
  { store }: { readonly store: Store },
  set: () => Promise<void>,
): Promise<void> {
  const ofStore = armed.get(store) ?? new Map<string, Armed>()
  armed.set(store, ofStore)
  const known = ofStore.get(kind)
  if (known?.at === at) return known.done
  const done = setOnce(kind, at, store, set).catch((error: unknown) => {
    if (ofStore.get(kind)?.done === done) ofStore.delete(kind)
    throw error
  })
  ofStore.set(kind, { at, done })
  return done
}

async function setOnce(
  kind: string,
  at: number,
  store: Store,
  set: () => Promise<void>,
): Promise<void> {
  if (await store.create(kind, String(at), {})) await set()
}
