export { createStudio, type Studio, type StudioSnapshot } from './studio.ts'
