/** One thing that is wrong with a flow's definition, in Studio's own form. */
export type Finding = {
  readonly message: string
  /** `#/states/3/properties/timeout`, indices from 0. */
  readonly property_path: string
}

/** What was found in a definition: errors refuse it, warnings do not. */
export type Findings = {
  readonly errors: readonly Finding[]
  readonly warnings: readonly Finding[]
}

/** Words for the JSON type of a value, as Studio's messages use them. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Looks at parts of a definition one by one and keeps what is wrong with them. */
export function createInspection() {
  const errors: Finding[] = []
  const report = (path: string, message: string) => {
    errors.push({ message, property_path: path })
  }
  return {
    errors,
    report,

    /** Whether the value is there and of that JSON type; else reports it. */
    is(path: string, value: unknown, type: string): boolean {
      if (value === undefined) report(path, 'is missing but it is required')
      else if (value === null) report(path, 'must not be null')
      else if (typeOf(value) !== type) report(path, `${typeOf(value)} found, ${type} expected`)
      else return true
      return false
    },

    /** As `is`, but an absent value is fine. */
    optional(path: string, value: unknown, type: string): boolean {
      return value === undefined || this.is(path, value, type)
    },
  }
}

/** Keeps what is wrong with a definition. */
export type Inspection = ReturnType<typeof createInspection>
