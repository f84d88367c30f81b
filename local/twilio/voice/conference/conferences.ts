export interface Conferences {
  x: 1
}
export function createConferences(_: unknown): Conferences {
  return { x: 1 }
}
