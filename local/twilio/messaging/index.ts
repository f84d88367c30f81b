export type { Media, MessageRow } from './message.ts'
export {
  createMessaging,
  type Messaging,
  type MessagingPorts,
  type MessagingSnapshot,
} from './messaging.ts'
export { type Draft, newMedia } from './write-message.ts'
