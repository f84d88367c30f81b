export { Address, ApiKey, Subaccount } from './resources.ts'
