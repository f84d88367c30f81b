import { ProviderError } from '../protocol/provider-error.ts'

/** A type whose objects can't be listed. */
export class NotListable extends ProviderError {
  override readonly name = 'NotListable'
  readonly code = 'not-listable'

  constructor(token: string, reason: string) {
    super(`${token} can't be listed: ${reason}`)
  }
}

/** A list was asked for with something that says nothing about this type. */
export class UnusableQuery extends ProviderError {
  override readonly name = 'UnusableQuery'
  readonly code = 'unusable-query'

  constructor(token: string, property: string, reason: string) {
    super(`List of ${token}: ${property} ${reason}`)
  }
}

/** A function that this provider does not have. */
export class UnknownFunction extends ProviderError {
  override readonly name = 'UnknownFunction'
  readonly code = 'unknown-function'

  constructor(token: string, known: readonly string[]) {
    super(`There is no function ${token}; there are ${known.join(', ')}`)
  }
}

/** A name that nothing in the account has. */
export class NothingFound extends ProviderError {
  override readonly name = 'NothingFound'
  readonly code = 'nothing-found'

  constructor(
    what: string,
    property: string,
    wanted: string,
    there: readonly string[],
    closest?: string,
  ) {
    const few = there.slice(0, 10).map((name) => `“${name}”`)
    const more = there.length > few.length ? ` and ${there.length - few.length} more` : ''
    const known = few.length > 0 ? `there are ${few.join(', ')}${more}` : 'there is none at all'
    const meant = closest === undefined ? '' : `; did you mean “${closest}”?`
    super(`${what} finds no ${property} “${wanted}”: ${known}${meant}`)
  }
}

/** A name that several objects have. */
export class SeveralFound extends ProviderError {
  override readonly name = 'SeveralFound'
  readonly code = 'several-found'

  constructor(what: string, property: string, wanted: string, ids: readonly string[]) {
    super(
      `${what} finds ${ids.length} of ${property} “${wanted}”: ${ids.join(', ')}; give them names of their own, or write the SID of the one that is meant`,
    )
  }
}
