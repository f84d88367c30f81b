export {
  type Conversations,
  type ConversationsOptions,
  type ConversationsSnapshot,
  createConversations,
} from './conversations.ts'
