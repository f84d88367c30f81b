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
