export { type ServiceNowFaults, serviceNowFaults } from './faults.ts'
export type { Incident, JournalEntry } from './incident.ts'
export { type ServiceNowServer, serveServiceNow } from './serve.ts'
export { createServiceNow, type ServiceNow, type ServiceNowOptions } from './service-now.ts'
