import * as account from './account/index.ts'
import * as conversations from './conversations/index.ts'
import * as events from './events/index.ts'
import * as flex from './flex/index.ts'
import * as messaging from './messaging/index.ts'
import * as phoneNumbers from './phone-numbers/index.ts'
import * as studio from './studio/index.ts'
import * as sync from './sync/index.ts'
import * as taskrouter from './taskrouter/index.ts'
import * as voice from './voice/index.ts'

export { Provider } from './program/provider.ts'
/** The resources, by Twilio's products: `new twilio.taskrouter.Workspace(…)`. */
export {
  account,
  conversations,
  events,
  flex,
  messaging,
  phoneNumbers,
  studio,
  sync,
  taskrouter,
  voice,
}
