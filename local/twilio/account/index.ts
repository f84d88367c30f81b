export {
  type AccountRow,
  type AccountStatus,
  type Accounts,
  accountStatuses,
  createAccounts,
} from './accounts.ts'
export { type ApplicationRow, createApplications } from './applications.ts'
export { createKeys, type KeyRow } from './keys.ts'
