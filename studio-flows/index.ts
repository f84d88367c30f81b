export type { Flow } from './builder/index.ts'
