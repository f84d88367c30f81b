export { createSync, type Sync, type SyncSnapshot } from './sync.ts'
