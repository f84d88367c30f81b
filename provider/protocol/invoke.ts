import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import {
  deletionNotes,
  deletionNotesToken,
  type PlannedDeletion,
  plannedDeletions,
} from '../lifecycle/deletion-notes.ts'
import { checkArguments, find, lookUpOf } from '../listing/look-up.ts'
import type { TwilioClient } from '../requests/client.ts'
import type { Directory } from '../words/names.ts'
import { messages } from './rpc.ts'
import { secretsOf } from './secrets.ts'
import { decode, encode } from './values.ts'

/** What functions of the provider may use. */
export type InvokeContext = {
  readonly client: TwilioClient
  readonly names: Directory
  /** Whether deletions are carried out whatever goes on in what they delete. */
  readonly forced: boolean
  /** These deletions follow. */
  announce(deletions: readonly PlannedDeletion[]): void
}

/** Answers Invoke: the look-ups, and what an engine asks about planned deletions. */
export async function answerInvoke(
  request: messageTypes.InvokeRequest,
  { client, names, forced, announce }: InvokeContext,
): Promise<messageTypes.InvokeResponse> {
  const { values, secrets } = decode(request.getArgs())
  const answer = new messages.InvokeResponse()
  if (request.getTok() === deletionNotesToken) {
    const { deletions, announce: follow = false } = plannedDeletions(values)
    if (follow) announce(deletions)
    const notes = follow ? [] : await deletionNotes(client, deletions, forced)
    return answer.setReturn(encode({ notes }))
  }
  const lookUp = lookUpOf(request.getTok())
  const problems = checkArguments(lookUp, values)
  for (const { path, message } of problems) {
    answer.addFailures(new messages.CheckFailure().setProperty(path).setReason(message))
  }
  if (problems.length > 0) return answer
  const found = await find(lookUp, client, values)
  const marks = secretsOf(lookUp.resource, found, secrets)
  names.learn(lookUp.resource, String(found['id']), { values: found, secrets: marks })
  return answer.setReturn(encode(found, marks))
}
