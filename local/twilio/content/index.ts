export { type Content, type ContentSnapshot, createContent, type Rendered } from './content.ts'
