export { createInstructions } from './instructions.ts'
