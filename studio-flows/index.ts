export type { Flow } from './builder/index.ts'
export { findAgent } from './find-agent.ts'
export { incoming } from './incoming.ts'
