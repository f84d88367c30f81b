export { type Conferences, createConferences } from './conferences.ts'
