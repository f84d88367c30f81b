export { Address, ApiKey } from './resources.ts'
