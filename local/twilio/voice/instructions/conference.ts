import type { Instructed } from './instructions.ts'
export function conference(_: Instructed): void {}
