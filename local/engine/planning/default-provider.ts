import { ProviderUnavailable, Unsupported } from '../errors.ts'
import { emptyGoal, type Goal } from '../program/goal.ts'
import type { PropertyMap } from '../values/property-value.ts'
import {
  formatProviderReference,
  isDefaultProvider,
  packageOfProvider,
  parseProviderReference,
  parseUrn,
  providerType,
} from '../values/urn.ts'
import type { Planner } from './planner.ts'

/** The reference of the provider that a request means: the one it names, else the default one of the package. */
export async function resolveProvider(
  planner: Planner,
  packageName: string,
  request: Pick<Goal, 'provider' | 'version' | 'downloadUrl'>,
): Promise<string> {
  if (packageName === 'pulumi')
    throw new Unsupported('resources of the package "pulumi" (stack references)')
  if (request.provider !== '') {
    const { urn } = parseProviderReference(request.provider)
    if (!planner.goals.has(urn)) {
      throw new ProviderUnavailable(
        packageName,
        `${request.provider} is not registered in this run`,
      )
    }
    return request.provider
  }
  const version = request.version || versionInState(planner, packageName)
  const key = JSON.stringify([packageName, version, request.downloadUrl])
  let reference = planner.defaultProviders.get(key)
  if (!reference) {
    reference = registerDefault(planner, packageName, version, request.downloadUrl)
    planner.defaultProviders.set(key, reference)
  }
  return reference
}

async function registerDefault(
  planner: Planner,
  packageName: string,
  version: string,
  downloadUrl: string,
): Promise<string> {
  const name = ['default', version, downloadUrl.replace(/^\w+:\/\//, '')]
    .filter(Boolean)
    .map((part) => part.replace(/[^A-Za-z0-9]/g, '_'))
    .join('_')
  const requested: PropertyMap = {
    ...(downloadUrl ? { pluginDownloadURL: downloadUrl } : {}),
  }
  const inputs: PropertyMap = {
    ...planner.providerInputs(packageName),
    ...(version || downloadUrl ? { __internal: requested } : {}),
    ...(version ? { version } : {}),
  }
  const { urn, id } = await planner.register({
    ...emptyGoal,
    type: providerType(packageName),
    name,
    custom: true,
    inputs,
  })
  const state = planner.run.store.snapshot.current(urn)?.state
  return formatProviderReference({ urn, id: state?.id ?? id })
}

// Whoever names no version continues with the one the stack has; the newest, when it has several.
function versionInState(planner: Planner, packageName: string): string {
  const versions: string[] = []
  for (const { state } of planner.providersBefore) {
    if (!isDefaultProvider(state.urn) || state.delete) continue
    if (packageOfProvider(parseUrn(state.urn).type) !== packageName) continue
    const version = state.inputs['version']
    versions.push(typeof version === 'string' ? version : '')
  }
  const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })
  return versions.sort(compare).at(-1) ?? ''
}
