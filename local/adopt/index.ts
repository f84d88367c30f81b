export { type ExportedProject, exportAccount } from './export-account.ts'
export type { Recorded } from './find-objects.ts'
export { type IgnoreList, readIgnoreList } from './ignore-list.ts'
export { type Inventory, renderInventory, takeInventory } from './inventory.ts'
