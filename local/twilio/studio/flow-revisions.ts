import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { missing, rowOf } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest } from '../rest/refusal.ts'
import { type Call, ok, pathPart } from '../rest/route.ts'
import { revisionBody } from './flow-body.ts'
import type { FlowRow } from './flows.ts'
import type { Revision } from './revision.ts'

/** `/Flows/{FlowSid}/Revisions`, the latest first; one is named by its number or by what it is the latest of. */
export function createFlowRevisions({ accountSid }: Context, rows: Collection<FlowRow>) {
  return {
    list(call: Call) {
      const flow = rowOf(call, rows, 'FlowSid')
      const pages = flow.revisions
        .map((revision) => ({ sid: String(revision.number), revision }))
        .reverse()
      return pageV1(call, 'revisions', pages, ({ revision }) =>
        revisionBody(flow, revision, accountSid, 'listed'),
      )
    },
    fetch(call: Call) {
      const flow = rowOf(call, rows, 'FlowSid')
      const revision = named(flow.revisions, pathPart(call, 'Revision'))
      if (!revision) throw missing(call)
      return ok(revisionBody(flow, revision, accountSid, 'whole'))
    },
  }
}

function named(revisions: readonly Revision[], name: string): Revision | undefined {
  if (name === 'LatestRevision') return revisions.at(-1)
  if (name === 'LatestPublished') return revisions.findLast(({ status }) => status === 'published')
  if (/^\d+$/.test(name)) return revisions.find(({ number }) => number === Number(name))
  throw badRequest(`Revision '${name}' must be a number, LatestPublished or LatestRevision`, 81021)
}
