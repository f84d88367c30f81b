import * as pulumi from '@pulumi/pulumi'
import type { CentreDeclaration, PhoneProfiles, StackConfiguration } from '../schemas/index.ts'

/** The workers that a stack configures, as the centre declares them; each under its own name. */
export function declareWorkers({
  workers,
  startActivity,
}: StackConfiguration): CentreDeclaration['workers'] {
  return Object.fromEntries(
    workers.map(({ name, languages, skills, contactUri, attributes }) => [
      name,
      {
        friendlyName: name,
        attributes: { ...attributes, languages, skills, contact_uri: contactUri },
        ...(startActivity === undefined ? {} : { activity: startActivity }),
      },
    ]),
  )
}

/** How the phones of these workers behave when nobody is at them, where phones are virtual. */
export function declarePhones({ workers }: StackConfiguration): PhoneProfiles {
  return workers.flatMap(({ contactUri, phone }) =>
    phone ? [{ address: contactUri, ...phone }] : [],
  )
}

/**
 * The hunt groups that a stack configures, as far as it declares their workers: one who is taken off the roster leaves the
 * groups with a warning. A tier with nobody left is no tier, a group without tiers no group.
 */
export function declareHuntGroups({
  huntGroups = [],
  workers,
  strict,
}: StackConfiguration): NonNullable<StackConfiguration['huntGroups']> {
  const known = new Set(workers.map(({ name }) => name))
  return huntGroups.flatMap((group) => {
    const strangers = group.tiers.flatMap((tier) => tier.workers.filter((one) => !known.has(one)))
    if (strangers.length > 0) {
      const text = `Hunt group ${group.name} names ${strangers.join(', ')}, not declared in switchboard:workers`
      if (strict) throw new pulumi.RunError(text)
      void pulumi.log.warn(`${text}: left out`)
    }
    const tiers = group.tiers
      .map((tier) => ({ ...tier, workers: tier.workers.filter((one) => known.has(one)) }))
      .filter((tier) => tier.workers.length > 0)
    return tiers.length > 0 ? [{ ...group, tiers }] : []
  })
}
