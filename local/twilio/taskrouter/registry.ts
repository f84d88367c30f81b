import { type Collection, createCollection } from '../objects/collection.ts'
import { notFound } from '../rest/refusal.ts'
import { type Call, pathPart } from '../rest/route.ts'
import type { Workspace } from './workspace.ts'

/** The account's workspaces. */
export interface Registry {
  readonly all: Collection<Workspace>
  /** The workspace that the call's path names; refuses with 404. */
  of(call: Call): Workspace
}

/** An empty registry. */
export function createRegistry(): Registry {
  const all = createCollection<Workspace>()
  return {
    all,
    of(call) {
      const sid = pathPart(call, 'WorkspaceSid')
      return all.get(sid) ?? refuse(`/Workspaces/${sid}`)
    },
  }
}

/** The row that the path's last SID (`{Sid}`, or the named part) names; refuses with 404. */
export function part<R extends { readonly sid: string }>(
  call: Call,
  rows: Collection<R>,
  name = 'Sid',
): R {
  return rows.get(pathPart(call, name)) ?? refuse(resourceOf(call))
}

/** Refuses with 404 for what the call's path names. */
export function refuseMissing(call: Call): never {
  return refuse(resourceOf(call))
}

function resourceOf(call: Call): string {
  return call.url.pathname.replace(/^\/v1/, '')
}

function refuse(resource: string): never {
  throw notFound(resource)
}
