/** One thing that is wrong with a Studio flow. */
export type FlowProblem = {
  /** An error is refused by Studio or cannot work; a warning is most likely a mistake. */
  readonly severity: 'error' | 'warning'
  /** Place in the definition, `states[3].properties.timeout`; empty for the whole. */
  readonly path: string
  /** Name of the widget it is about. */
  readonly widget: string | undefined
  readonly message: string
  /** How to mend it. */
  readonly remedy: string
}

/** Keeps what is found. */
export type Report = {
  readonly problems: readonly FlowProblem[]
  error(place: Place, message: string, remedy: string): void
  warn(place: Place, message: string, remedy: string): void
}

/** Where something is found. */
export type Place = { readonly path: string; readonly widget?: string | undefined }

/** Nothing found yet. */
export function createReport(): Report {
  const problems: FlowProblem[] = []
  const add =
    (severity: FlowProblem['severity']) =>
    ({ path, widget }: Place, message: string, remedy: string) => {
      problems.push({ severity, path, widget, message, remedy })
    }
  return { problems, error: add('error'), warn: add('warning') }
}

/** A problem as a person reads it, without its place: `greeting: leads to “sales”, which is no widget; did you mean “sale”?` */
export function describeFlowProblem({ widget, message, remedy }: FlowProblem): string {
  return `${widget === undefined ? '' : `${widget}: `}${message}; ${remedy}`
}
