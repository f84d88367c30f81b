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

/** How the phones of workers and of those on call behave when nobody is at them, where phones are virtual. */
export function declarePhones({ workers, incidents }: StackConfiguration): PhoneProfiles {
  const { agent_list: agents = [], escalation_list: escalation = [] } = incidents?.roster ?? {}
  const phones = new Map([
    ...workers.map(({ contactUri, phone }) => [contactUri, phone] as const),
    // Who is in both lists has one phone.
    ...[...escalation, ...agents].map(({ phone_no, phone }) => [phone_no, phone] as const),
  ])
  return [...phones].flatMap(([address, phone]) => (phone ? [{ address, ...phone }] : []))
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

/**
 * The hunt for incidents that a stack configures. Somebody whose worker is not declared (any more) stays on the roster with a warning,
 * and is called whatever TaskRouter knows: an incident must not be missed for it.
 */
export function declareIncidents({
  incidents,
  workers,
  strict,
}: Pick<StackConfiguration, 'incidents' | 'workers' | 'strict'>): StackConfiguration['incidents'] {
  if (!incidents?.roster) return incidents
  const known = new Set(workers.map(({ name }) => name))
  const knownOnly = (list: RosterList): RosterList =>
    list.map((entry) => {
      const { worker, ...rest } = entry
      if (worker === undefined || known.has(worker)) return entry
      const text = `The roster of incidents names ${worker} for ${entry.name}, not declared in switchboard:workers`
      if (strict) throw new pulumi.RunError(text)
      void pulumi.log.warn(`${text}: called without asking TaskRouter`)
      return rest
    })
  const { agent_list: agents, escalation_list: escalation } = incidents.roster
  return {
    ...incidents,
    roster: { agent_list: knownOnly(agents), escalation_list: knownOnly(escalation) },
  }
}

type RosterList = NonNullable<NonNullable<StackConfiguration['incidents']>['roster']>['agent_list']
