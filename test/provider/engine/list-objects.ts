import type { ListResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import type { ListAnswer, ListOptions } from './engine.ts'
import type { ProviderConnection } from './provider-connection.ts'
import { toStruct } from './wire.ts'

/** Calls List and collects the stream. */
export async function listObjects(
  provider: ProviderConnection,
  token: string,
  { query, limit = 0, pageSize = 0, from = '' }: ListOptions = {},
): Promise<ListAnswer> {
  const request = new providerProto.ListRequest()
    .setToken(token)
    .setLimit(limit)
    .setPageSize(pageSize)
    .setContinuationToken(from)
  if (query) request.setQuery(toStruct(query))
  const answers = await provider.stream<ListResponse>((client) => client.list(request))
  return {
    objects: answers.flatMap((answer) => answer.getResult()?.toObject() ?? []),
    next: answers.at(-1)?.getContinuation()?.getContinuationToken(),
    computed: answers.some((answer) => answer.hasComputed()),
  }
}
