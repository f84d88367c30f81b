export { createAccounts } from './accounts.ts'
export { type ApplicationRow, createApplications } from './applications.ts'
