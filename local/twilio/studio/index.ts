export { FLOW_WEBHOOKS } from './execution/addresses.ts'
export type { StudioPorts } from './execution/surroundings.ts'
export type { FlowWebhook } from './flow-webhook.ts'
export { createStudio, type StudioSnapshot } from './studio.ts'
