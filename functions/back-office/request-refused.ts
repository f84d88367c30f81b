import type { Problem } from '../../schemas/index.ts'

/** A request that is well-formed, but cannot be done: 403, 404 or 409, with what of it is in the way. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly status: 403 | 404 | 409
  readonly problems: readonly Problem[]

  constructor(status: 403 | 404 | 409, problem: Problem) {
    super(`${problem.path} ${problem.message}`)
    this.status = status
    this.problems = [problem]
  }
}
