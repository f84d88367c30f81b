export type { MessageRow } from './message.ts'
export {
  createMessaging,
  type Messaging,
  type MessagingPorts,
  type MessagingSnapshot,
} from './messaging.ts'
