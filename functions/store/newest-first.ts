// Thirteen digits, enough until the year 2286.
const lastMs = 9_999_999_999_999

/** Where an id of that time stands on a list whose newest come first: the store lists names in their order. */
export function placeOf(id: string, atMs: number): string {
  return `${String(lastMs - atMs).padStart(13, '0')}-${id}`
}

/** The id that stands at that place. */
export function idAt(place: string): string {
  return place.slice(place.indexOf('-') + 1)
}
