export type { Outcome, Perform, Run, Source } from './frame.ts'
export { perform } from './perform.ts'
export { playDigits } from './prompts.ts'
