import type { PhoneProfile } from '../twilio/contract.ts'

/** What an agent does about an offered seat, and how long after it was offered. */
export type DeskAnswer = { readonly answer: 'accept' | 'reject'; readonly afterSeconds: number }

/**
 * What happens to an offer at a desk where nobody sits, read from how its phone behaves: who would answer a call accepts, who
 * would decline it rejects. Undefined: the offer runs out.
 */
export function answerAtDesk(
  address: string,
  profiles: readonly PhoneProfile[],
): DeskAnswer | undefined {
  const profile = profiles.find((known) => known.address === address)
  // As for calls: numbers outside answer, a client without a profile is not registered.
  if (!profile && address.startsWith('client:')) return undefined
  const { outcome = 'answer', afterSeconds = 1 } = profile ?? {}
  switch (outcome) {
    case 'answer':
      return { answer: 'accept', afterSeconds }
    case 'busy':
    case 'decline':
      return { answer: 'reject', afterSeconds }
    case 'let-ring':
    case 'unreachable':
    case 'machine':
      return undefined
    default:
      throw new Error(`no such outcome: ${outcome satisfies never}`)
  }
}
