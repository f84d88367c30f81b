/** The type of the resource that stands for the whole stack. */
export const rootStackType = 'pulumi:pulumi:Stack'

const providerTypePrefix = 'pulumi:providers:'

/** The parts of a URN. */
export type UrnParts = {
  readonly stack: string
  readonly project: string
  /** Types of the ancestors and the resource's own, joined by `$`; the stack's own type is left out. */
  readonly qualifiedType: string
  readonly type: string
  readonly name: string
}

/** A reference to a provider resource, `<urn>::<id>`. */
export type ProviderReference = { readonly urn: string; readonly id: string }

/** Makes a URN; `parentUrn` may be empty or the stack's, which does not enter the type. */
export function createUrn(parts: {
  readonly stack: string
  readonly project: string
  readonly parentUrn?: string
  readonly type: string
  readonly name: string
}): string {
  const { stack, project, parentUrn, type, name } = parts
  const parentType = parentUrn ? parseUrn(parentUrn).qualifiedType : rootStackType
  const qualifiedType = parentType === rootStackType ? type : `${parentType}$${type}`
  return `urn:pulumi:${stack}::${project}::${qualifiedType}::${name}`
}

/** Splits a URN. A name may hold `::` itself. */
export function parseUrn(urn: string): UrnParts {
  const [head = '', project = '', qualifiedType = '', ...name] = urn.split('::')
  return {
    stack: head.replace('urn:pulumi:', ''),
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf('$') + 1),
    name: name.join('::'),
  }
}

/** Whether the text has the form of a URN. */
export function isUrn(text: string): boolean {
  return /^urn:pulumi:[^:]+::[^:]+::.+?::./.test(text)
}

/** The package of a type token `pkg:module:Name`. */
export function packageOfType(type: string): string {
  return type.slice(0, type.indexOf(':'))
}

/** Whether the type is that of a provider resource. */
export function isProviderType(type: string): boolean {
  return type.startsWith(providerTypePrefix)
}

/** The type of the provider resource of a package. */
export function providerType(packageName: string): string {
  return `${providerTypePrefix}${packageName}`
}

/** The package that a provider resource serves. */
export function packageOfProvider(type: string): string {
  return type.slice(providerTypePrefix.length)
}

/** Whether the URN is that of a provider which the engine made because no other was named. */
export function isDefaultProvider(urn: string): boolean {
  const { type, name } = parseUrn(urn)
  return isProviderType(type) && (name === 'default' || name.startsWith('default_'))
}

/** Writes a reference to a provider resource. */
export function formatProviderReference({ urn, id }: ProviderReference): string {
  return `${urn}::${id}`
}

/** Reads a reference to a provider resource; throws on anything else. */
export function parseProviderReference(reference: string): ProviderReference {
  const end = reference.lastIndexOf('::')
  const urn = reference.slice(0, end)
  if (end < 0 || !isUrn(urn)) throw new Error(`"${reference}" is not a reference to a provider`)
  return { urn, id: reference.slice(end + 2) }
}
