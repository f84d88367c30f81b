import type { ResourceDescription } from '../description/description.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'

/** An object as Twilio tells it now, with what further requests tell of it; undefined when it is none any more. */
export async function fetchWhole(
  resource: ResourceDescription,
  client: TwilioClient,
  path: string,
): Promise<Answer | undefined> {
  const answer = await client.send({ method: 'GET', host: resource.host, path })
  return answer && !resource.isGone?.(answer) ? completed(resource, client, answer) : undefined
}

/** An answer with what further requests tell of the object. */
export async function completed(
  resource: ResourceDescription,
  client: TwilioClient,
  answer: Answer,
): Promise<Answer> {
  return (await resource.complete?.(answer, client)) ?? answer
}
