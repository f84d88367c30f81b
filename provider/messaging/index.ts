export { Service, ServicePhoneNumber } from './resources.ts'
