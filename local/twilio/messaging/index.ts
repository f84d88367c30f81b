export { createMessaging, type Messaging, type MessagingSnapshot } from './messaging.ts'
