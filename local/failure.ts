/** Something that the person at the terminal can mend. The message is one line; `remedy` says what to do. */
export class Failure extends Error {
  override readonly name: string = 'Failure'
  readonly code: string
  readonly remedy: string | undefined

  constructor(code: string, message: string, remedy?: string, cause?: unknown) {
    super(remedy ? `${message}\n${remedy}` : message, { cause })
    this.code = code
    this.remedy = remedy
  }
}

/** A flag or an argument that a command does not take. */
export class UsageError extends Failure {
  override readonly name = 'UsageError'

  constructor(command: string, message: string) {
    super(
      'usage',
      message,
      `See: npm ${command === 'start' ? 'start' : `run ${command}`} -- --help`,
    )
  }
}
