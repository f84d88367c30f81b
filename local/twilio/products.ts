import type { Collection } from './collection.ts'
import type { Context } from './context.ts'
import type { IncomingNumberRow } from './phone-numbers/index.ts'
import type { HostRoutes } from './route-table.ts'

/** What the products that are configured here hold. */
export type ProductsSnapshot = Readonly<Record<string, never>>

export function createProducts(
  _context: Context,
  _numbers: Collection<IncomingNumberRow>,
  _restored?: ProductsSnapshot,
): { readonly hosts: readonly HostRoutes[]; snapshot(): ProductsSnapshot } {
  return { hosts: [], snapshot: () => ({}) }
}
