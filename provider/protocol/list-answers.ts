import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import type { ResourceDescription } from '../description/description.ts'
import { NotListable } from '../listing/errors.ts'
import { type ListedPart, type ListQuery, listObjects } from '../listing/list.ts'
import type { TwilioClient } from '../requests/client.ts'
import { resourceOf } from '../resources.ts'
import { messages, refusal, status } from './rpc.ts'
import { decode, unknownValue } from './values.ts'

/** Answers List: hands every object to `write`, and where the list goes on if it does. */
export async function answerList(
  request: messageTypes.ListRequest,
  client: TwilioClient,
  write: (answer: messageTypes.ListResponse) => void,
): Promise<void> {
  const resource = resourceOf(request.getToken())
  const query = decode(request.getQuery()).values
  const { ListResponse } = messages
  if (Object.values(query).includes(unknownValue)) {
    write(new ListResponse().setComputed(new ListResponse.Computed()))
    return
  }
  const bounds = [request.getLimit(), request.getPageSize()].filter((bound) => bound > 0)
  const { objects, next } = await listed(resource, client, {
    query,
    ...(bounds.length > 0 ? { limit: Math.min(...bounds) } : {}),
    from: request.getContinuationToken(),
  })
  for (const { id, name } of objects) {
    write(new ListResponse().setResult(new ListResponse.Result().setId(id).setName(name)))
  }
  if (next === undefined) return
  const continuation = new ListResponse.Continuation().setContinuationToken(next)
  write(new ListResponse().setContinuation(continuation))
}

// That there is no List of a type is known to engines by its status.
async function listed(
  resource: ResourceDescription,
  client: TwilioClient,
  wanted: ListQuery,
): Promise<ListedPart> {
  try {
    return await listObjects(resource, client, wanted)
  } catch (error) {
    if (error instanceof NotListable) throw refusal(status.unimplemented, error.message)
    throw error
  }
}
