/** The text of JSON that `attributes`, `task_attributes` and request bodies want. Templates stand in it as texts. */
export function json(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value)
}
