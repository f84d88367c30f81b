import { ProviderError } from '../protocol/provider-error.ts'

/** Somebody else saved a revision that this stack has not seen, and an update would write over it. */
export class UnseenRevision extends ProviderError {
  override readonly name = 'UnseenRevision'
  readonly code = 'unseen-revision'
  /** Number of the revision that is there now. */
  readonly revision: number

  constructor(token: string, id: string, revision: number, seen: number, about: string) {
    super(
      `${token} ${id}: ${about}; the last that this stack has seen is revision ${seen} (an update that was interrupted may have saved it, too). It is not overwritten: \`pulumi refresh\` shows what it changed and counts as having seen it, overwriteUnseenRevision: true writes over it unseen`,
    )
    this.revision = revision
  }
}
