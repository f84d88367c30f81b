export type { Flow } from './builder/index.ts'
export { incoming } from './incoming.ts'
