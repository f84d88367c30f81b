import type { Values } from '../execution/widget.ts'

/** A resource of the REST API as templates see it: `num_segments` is `NumSegments`. */
export function pascalCase(resource: Values): Values {
  const renamed = Object.entries(resource).map(([name, value]) => [
    name.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return Object.fromEntries(renamed)
}
