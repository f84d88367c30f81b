import { join } from 'node:path'
import { defineSchema, Type } from '../../schemas/index.ts'
import { ProjectError } from './errors.ts'
import { type Project, readYaml } from './project.ts'
import { openPassphrase } from './state/passphrase.ts'
import { type PropertyMap, secret } from './values/property-value.ts'

/** A configuration value: always text, compound ones as JSON. */
export type ConfigValue = { readonly value: string; readonly secret: boolean }

/** Values handed to the engine on top of the stack's file: text, or text that is secret. */
export type ConfigOverrides = {
  readonly [key: string]: string | { readonly value: string; readonly secret: boolean }
}

/** A stack's configuration by `namespace:key`, secrets decrypted. */
export type StackConfig = {
  readonly values: ReadonlyMap<string, ConfigValue>
  /** The salt in the stack's file, which a new checkpoint takes over. */
  readonly salt: string | undefined
}

const stackFile = defineSchema(
  'Pulumi.<stack>.yaml',
  Type.Object({
    encryptionsalt: Type.Optional(Type.String()),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  }),
)

/** Reads Pulumi.<stack>.yaml beside Pulumi.yaml; a stack without a file has the project's defaults only. */
export async function readStackConfig(
  project: Project,
  stack: string,
  passphrase: string,
  overrides: ConfigOverrides,
): Promise<StackConfig> {
  const file = join(project.rootDir, `Pulumi.${stack}.yaml`)
  const content = readYaml(file, stackFile.parse) ?? {}
  const values = new Map<string, ConfigValue>()
  for (const [key, value] of project.defaults)
    values.set(key, { value: asText(value), secret: false })
  for (const [key, value] of Object.entries(content.config ?? {})) {
    const name = key.includes(':') ? key : `${project.name}:${key}`
    values.set(name, await openValue(file, name, value, passphrase, content.encryptionsalt))
  }
  for (const [key, value] of Object.entries(overrides)) {
    const name = key.includes(':') ? key : `${project.name}:${key}`
    values.set(name, typeof value === 'string' ? { value, secret: false } : value)
  }
  return { values, salt: content.encryptionsalt }
}

/** What the default provider of a package is configured with: texts by short key, secrets wrapped. */
export function providerInputs({ values }: StackConfig, packageName: string): PropertyMap {
  const inputs: Record<string, PropertyMap[string]> = {}
  for (const [key, { value, secret: isSecret }] of values) {
    const [namespace, name] = splitKey(key)
    if (namespace === packageName) inputs[name] = isSecret ? secret(value) : value
  }
  return inputs
}

/** The `PULUMI_CONFIG` of a provider process: plain values by short key. */
export function providerEnvironment({ values }: StackConfig, packageName: string): string {
  const plain = [...values].flatMap(([key, { value }]) => {
    const [namespace, name] = splitKey(key)
    return namespace === packageName ? [[name, value]] : []
  })
  return JSON.stringify(Object.fromEntries(plain))
}

/** The configuration as the program's SDK reads it: `ns:config:key` for values, `ns:key` for the secret ones. */
export function programConfig({ values }: StackConfig): {
  readonly config: { readonly [key: string]: string }
  readonly secretKeys: readonly string[]
} {
  const config: Record<string, string> = {}
  for (const [key, { value }] of values) {
    const [namespace, name] = splitKey(key)
    config[`${namespace}:config:${name}`] = value
  }
  const secretKeys = [...values].filter(([, { secret }]) => secret).map(([key]) => key)
  return { config, secretKeys }
}

async function openValue(
  file: string,
  key: string,
  value: unknown,
  passphrase: string,
  salt: string | undefined,
): Promise<ConfigValue> {
  if (!hasSecure(value)) return { value: asText(value), secret: false }
  if (salt === undefined) {
    throw new ProjectError(file, `${key} is secure, but the file has no encryptionsalt`)
  }
  const { decrypt } = await openPassphrase(passphrase, salt)
  return { value: asText(openSecure(value, decrypt)), secret: true }
}

function hasSecure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return isSecure(value) || Object.values(value).some(hasSecure)
}

function isSecure(value: object): value is { readonly secure: string } {
  return 'secure' in value && typeof value.secure === 'string' && Object.keys(value).length === 1
}

function openSecure(value: unknown, decrypt: (text: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isSecure(value)) return decrypt(value.secure)
  if (Array.isArray(value)) return value.map((item) => openSecure(item, decrypt))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, openSecure(item, decrypt)]),
  )
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function splitKey(key: string): [string, string] {
  const at = key.indexOf(':')
  return [key.slice(0, at), key.slice(at + 1)]
}
