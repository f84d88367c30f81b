import type { Context } from '../context.ts'
import { isoDate, rfc2822Date } from '../rest/date.ts'
import { notFound } from '../rest/refusal.ts'
import { type Call, pathPart } from '../rest/route.ts'
import type { Collection } from './collection.ts'

/** What every stored object has. Times are ms since the epoch. */
export type Stored = {
  readonly sid: string
  readonly dateCreated: number
  readonly dateUpdated: number
}

/** The fields of an object that is made now. */
export function newStored({ clock, newSid }: Context, prefix: string): Stored {
  const now = clock.now()
  return { sid: newSid(prefix), dateCreated: now, dateUpdated: now }
}

/** An object's dates in bodies of the v1 and v2 APIs. */
export function isoDates({ dateCreated, dateUpdated }: Stored) {
  return { date_created: isoDate(dateCreated), date_updated: isoDate(dateUpdated) }
}

/** An object's dates in bodies of the API 2010. */
export function rfc2822Dates({ dateCreated, dateUpdated }: Stored) {
  return { date_created: rfc2822Date(dateCreated), date_updated: rfc2822Date(dateUpdated) }
}

/** The row that the path's `{Sid}`, or the named part of it, stands for; refuses with 404. */
export function rowOf<R extends { readonly sid: string }>(
  call: Call,
  rows: Collection<R>,
  part = 'Sid',
): R {
  const row = rows.get(pathPart(call, part))
  if (!row) throw missing(call)
  return row
}

/** 404 for what the call's path names. */
export function missing(call: Call) {
  return notFound(call.url.pathname.replace(/^\/v\d+/, ''))
}
