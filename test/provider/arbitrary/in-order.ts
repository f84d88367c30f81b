import { resourceOf, resources } from '../../../provider/resources.ts'
import { referencesOf } from './arbitrary-program.ts'

/** Tokens of all types of resources, each after those that its programs refer to. */
export function inOrder(): readonly string[] {
  const order: string[] = []
  const visit = (token: string, above: readonly string[]): void => {
    if (order.includes(token) || above.includes(token) || token === '') return
    for (const type of Object.values(referencesOf(resourceOf(token))))
      visit(type, [...above, token])
    if (token === 'twilio:taskrouter:Workflow') visit('twilio:taskrouter:TaskQueue', [token])
    if (token.endsWith(':AddressConfiguration')) {
      visit('twilio:studio:Flow', [token])
      visit('twilio:phoneNumbers:IncomingPhoneNumber', [token])
    }
    order.push(token)
  }
  for (const { token } of resources) visit(token, [])
  return order
}
