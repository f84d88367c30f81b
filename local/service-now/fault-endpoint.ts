import { InvalidInput } from '../../schemas/index.ts'
import { type ServiceNowFaults, serviceNowFaults } from './faults.ts'

/** Where faults are read (GET) and replaced (POST, JSON) while the stand-in runs; it never fails on purpose. */
export const faultsPath = '/_switchboard/faults'

/** Answers a request for the faults. */
export async function answerFaults(
  request: Request,
  current: ServiceNowFaults,
  set: (faults: ServiceNowFaults) => void,
): Promise<Response> {
  if (request.method !== 'POST') return Response.json(current)
  try {
    const faults = serviceNowFaults.parse(JSON.parse(await request.text()))
    set(faults)
    return Response.json(faults)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidInput) {
      return Response.json({ error: { message: error.message } }, { status: 400 })
    }
    throw error
  }
}
