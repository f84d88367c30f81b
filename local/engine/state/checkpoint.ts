import { createHash } from 'node:crypto'
import { InvalidInput } from '../../../schemas/index.ts'
import { CheckpointRefused } from '../errors.ts'
import type { PropertyValue } from '../values/property-value.ts'
import { checkpoint, type DeploymentJson, deployment } from './checkpoint-schema.ts'
import { integrityProblem } from './integrity.ts'
import {
  type PendingOperation,
  type ResourceState,
  readState,
  writeState,
} from './resource-state.ts'
import type { SecretCodec } from './secret-codec.ts'

/** The Pulumi version whose checkpoint format is read and written. */
export const pulumiVersion = '3.260.0'

/** What a deployment holds, secrets opened. */
export type Deployment = {
  readonly resources: readonly ResourceState[]
  readonly pending: readonly PendingOperation[]
}

/** Reads a checkpoint file's text; anything but an intact version 3 of this stack is refused. */
export function parseCheckpoint(
  file: string,
  text: string,
  stack: { readonly project: string; readonly stack: string },
): DeploymentJson | undefined {
  const content = parseVersioned(file, text)
  const { checkpoint: found } = shaped(file, () => checkpoint.parse(content))
  const name = found.stack.split('/').at(-1)
  const project = found.stack.split('/').at(-2)
  if (name !== stack.stack || (project !== undefined && project !== stack.project)) {
    throw new CheckpointRefused(
      file,
      `it is the checkpoint of stack ${found.stack}, not of ${stack.project}/${stack.stack}`,
      'Put the right file in its place, or remove it to start from nothing',
    )
  }
  return found.latest ? checkDeployment(file, found.latest, stack) : undefined
}

/** Reads what `stack export` wrote. */
export function parseExport(
  file: string,
  text: string,
  stack: { readonly project: string; readonly stack: string },
): DeploymentJson {
  const content = parseVersioned(file, text) as { deployment?: unknown }
  return checkDeployment(
    file,
    shaped(file, () => deployment.parse(content.deployment)),
    stack,
  )
}

/** Opens the secrets of a deployment and verifies its order. */
export function openDeployment(file: string, json: DeploymentJson, codec: SecretCodec): Deployment {
  const open = (value: Record<string, unknown>) => readState(value, codec.open)
  const resources = (json.resources ?? []).map(open)
  const problem = integrityProblem(resources)
  if (problem) {
    throw new CheckpointRefused(
      file,
      `its integrity is broken: ${problem}`,
      'Restore the copy with the ending .bak beside it, or correct it with the Pulumi CLI (pulumi state repair)',
    )
  }
  const pending = (json.pending_operations ?? []).map(({ resource, type }) => ({
    resource: open(resource),
    type,
  }))
  return { resources, pending }
}

/** Makes the deployment part of a checkpoint. `encode` writes one state, so that its text can be reused. */
export function writeDeployment(
  { resources, pending }: Deployment,
  salt: string,
  encode: (state: ResourceState) => string,
  failedCommand?: string,
): string {
  const problem = integrityProblem(resources)
  const error = { version: pulumiVersion, command: failedCommand ?? '', error: problem }
  const states = resources.map(encode).join(',')
  const operations = pending
    .map(({ resource, type }) => `{"resource":${encode(resource)},"type":"${type}"}`)
    .join(',')
  return [
    `{"manifest":${JSON.stringify(manifest())}`,
    `"secrets_providers":${JSON.stringify({ type: 'passphrase', state: { salt } })}`,
    ...(states ? [`"resources":[${states}]`] : []),
    ...(operations ? [`"pending_operations":[${operations}]`] : []),
    `"metadata":${JSON.stringify(problem ? { integrity_error: error } : {})}}`,
  ].join(',')
}

/** The text of a checkpoint file. */
export function writeCheckpoint(
  stack: { readonly project: string; readonly stack: string },
  deploymentText: string,
): string {
  const name = JSON.stringify(`organization/${stack.project}/${stack.stack}`)
  return `{"version":3,"checkpoint":{"stack":${name},"latest":${deploymentText}}}`
}

/** Writes one state as checkpoint JSON. */
export function encodeState(
  state: ResourceState,
  seal: (value: PropertyValue) => PropertyValue,
): string {
  return JSON.stringify(writeState(state, seal))
}

/** The digest by which a journal knows the checkpoint it continues. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function manifest() {
  // JavaScript's clock has milliseconds; the format has nanoseconds.
  const time = new Date().toISOString().replace('Z', '000000Z')
  return { time, magic: digest(pulumiVersion), version: pulumiVersion }
}

function parseVersioned(file: string, text: string): object {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (cause) {
    throw new CheckpointRefused(
      file,
      `it is not valid JSON (${cause instanceof Error ? cause.message : cause})`,
      'Restore the copy with the ending .bak beside it, or remove it to start from nothing',
      { cause },
    )
  }
  const version = (content as { version?: unknown } | null)?.version
  if (typeof content !== 'object' || content === null || version === undefined) {
    throw new CheckpointRefused(
      file,
      'it is not a Pulumi checkpoint: it has no version',
      'Put the right file in its place',
    )
  }
  if (version !== 3) {
    throw new CheckpointRefused(
      file,
      `it has format version ${String(version)}, and the embedded engine reads version 3 only`,
      'Use the Pulumi CLI for this stack, or remove the feature that needs the other version (replaceWith, hooks, taint, views)',
    )
  }
  return content
}

function checkDeployment(
  file: string,
  json: DeploymentJson,
  { stack, project }: { readonly project: string; readonly stack: string },
): DeploymentJson {
  const { magic, version } = json.manifest
  if (magic !== (version === '' ? '' : digest(version))) {
    throw new CheckpointRefused(
      file,
      `its magic does not fit its version ${version || '(none)'}: it was changed by hand or damaged`,
      'Restore the copy with the ending .bak beside it',
    )
  }
  const broken = json.metadata?.integrity_error
  if (broken) {
    throw new CheckpointRefused(
      file,
      `it was saved with an integrity error: ${broken.error}`,
      'Correct it with the Pulumi CLI (pulumi state repair)',
    )
  }
  const foreign = (json.resources ?? []).find(
    ({ urn }) => !urn.startsWith(`urn:pulumi:${stack}::${project}::`),
  )
  if (foreign) {
    throw new CheckpointRefused(
      file,
      `it holds resources of another stack: ${foreign.urn}`,
      `Use it with the stack it belongs to, or rename its resources to ${project}/${stack} with the Pulumi CLI`,
    )
  }
  const secrets = json.secrets_providers
  if (secrets && secrets.type !== '' && secrets.type !== 'passphrase') {
    throw new CheckpointRefused(
      file,
      `its secrets are kept by "${secrets.type}", and the embedded engine knows the passphrase provider only`,
      'Change it with the Pulumi CLI (pulumi stack change-secrets-provider passphrase)',
    )
  }
  return json
}

function shaped<T>(file: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    if (!(cause instanceof InvalidInput)) throw cause
    throw new CheckpointRefused(
      file,
      `it does not have the shape of a checkpoint (${cause.message})`,
      'Restore the copy with the ending .bak beside it',
      { cause },
    )
  }
}
