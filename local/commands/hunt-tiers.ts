import { UsageError } from '../failure.ts'

/** A tier as `--tiers` writes it. */
export type TierFlag = { readonly seconds: number; readonly workers: readonly string[] }

const usualSeconds = 20

/** Reads `alice,bob@20s / carmen@30s`: tiers in order, each with its workers and how long they are asked. */
export function parseTiers(text: string): TierFlag[] {
  return text.split('/').map((part, i) => {
    const found = /^([^@]+?)\s*(?:@\s*([0-9]+)\s*s?)?$/.exec(part.trim())
    const workers = (found?.[1] ?? '').split(',').map((name) => name.trim())
    if (!found || workers.includes('')) {
      const example = 'alice,bob@20s / carmen@30s'
      throw new UsageError('hunt', `--tiers: tier ${i + 1}, “${part.trim()}”, is not as ${example}`)
    }
    const seconds = found[2] === undefined ? usualSeconds : Number(found[2])
    if (seconds < 5 || seconds > 3600) {
      throw new UsageError('hunt', `--tiers: tier ${i + 1} may last 5 to 3600 s, not ${seconds}`)
    }
    return { seconds, workers }
  })
}
