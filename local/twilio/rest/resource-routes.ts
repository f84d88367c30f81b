import { del, get, type Handler, post, type Route } from './route.ts'

/** What can be done with the objects of one kind. */
export type ResourceHandlers = Readonly<
  Partial<Record<'list' | 'create' | 'fetch' | 'update' | 'remove', Handler>>
>

/** The endpoints of one kind of object: the list at `path`, each at `path/{Sid}`; `suffix` ends both. */
export function resourceRoutes(
  path: string,
  { list, create, fetch, update, remove }: ResourceHandlers,
  suffix: '' | '.json' = '',
): readonly Route[] {
  const all = `${path}${suffix}`
  const one = `${path}/{Sid}${suffix}`
  return [
    ...(list ? [get(all, list)] : []),
    ...(create ? [post(all, create)] : []),
    ...(fetch ? [get(one, fetch)] : []),
    ...(update ? [post(one, update)] : []),
    ...(remove ? [del(one, remove)] : []),
  ]
}
