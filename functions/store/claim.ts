import { defineSchema, Type } from '../../schemas/index.ts'
import type { Services } from '../services.ts'

/** A holder that has not finished within this time is taken for dead. */
const leaseMs = 30_000

const claim = defineSchema(
  'claim',
  Type.Object({ heldSince: Type.Integer(), done: Type.Boolean() }),
)

/**
 * Does `work` once for `kind` and `id`, whatever is delivered twice or at the same time: who claims first
 * works, and who fails lets go. Without the store it works all the same: better twice than never.
 */
export async function doOnce(
  { store, now, log }: Pick<Services, 'store' | 'now' | 'log'>,
  kind: string,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  const held = { heldSince: now(), done: false }
  let mine: boolean
  try {
    mine = (await create()) || (await takeOver())
  } catch (error) {
    log.warn('store.unreachable', { kind, id, error })
    return work()
  }
  if (!mine) return
  try {
    await work()
  } catch (error) {
    await store.remove(kind, id)
    throw error
  }
  const current = await store.read(kind, id)
  if (current) await store.replace(kind, id, { ...held, done: true }, current.version)

  async function create(): Promise<boolean> {
    return (await store.create(kind, id, held)) !== undefined
  }

  async function takeOver(): Promise<boolean> {
    const current = await store.read(kind, id)
    if (!current) return create()
    const { heldSince, done } = claim.parse(current.value)
    if (done || now() - heldSince < leaseMs) return false
    return (await store.replace(kind, id, held, current.version)) !== undefined
  }
}
