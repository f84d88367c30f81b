import { InvalidInput } from '../../schemas/index.ts'
import { type Faults, faultProfile } from './faults.ts'
import { badRequest } from './rest/refusal.ts'
import { type Call, get, ok, post, type Route } from './rest/route.ts'

/** The host under which the gateway knows the local Twilio's own endpoints; it never fails on purpose. */
export const ADMIN_HOST = 'switchboard.invalid'

/** `/_switchboard/faults`: reads and replaces the fault profile (JSON) while the local Twilio runs. */
export function faultRoutes(faults: Faults): readonly Route[] {
  const read = () => ok(faults.profile())
  return [
    get('/_switchboard/faults', read),
    post('/_switchboard/faults', ({ body }: Call) => {
      faults.set(parse(body))
      return read()
    }),
  ]
}

function parse(body: string) {
  try {
    return faultProfile.parse(JSON.parse(body))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidInput) {
      throw badRequest(error.message)
    }
    throw error
  }
}
