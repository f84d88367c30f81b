import * as phoneNumbers from './phone-numbers/index.ts'
import * as studio from './studio/index.ts'
import * as taskrouter from './taskrouter/index.ts'
import * as voice from './voice/index.ts'

export { Provider } from './provider.ts'
/** The resources, by Twilio's products: `new twilio.taskrouter.Workspace(…)`. */
export { phoneNumbers, studio, taskrouter, voice }
