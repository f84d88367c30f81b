export { Map, Service } from './resources.ts'
