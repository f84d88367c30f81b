/** A flow that cannot be built as written. */
export class FlowSourceError extends Error {
  override readonly name = 'FlowSourceError'
  readonly code = 'flow-source'
  readonly flow: string
  readonly widget: string

  constructor(flow: string, widget: string, reason: string) {
    super(`Flow ${flow}: “${widget}” ${reason}; give it another name`)
    this.flow = flow
    this.widget = widget
  }
}
