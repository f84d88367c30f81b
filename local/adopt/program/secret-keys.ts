import type { PropertyValue } from '../../engine/index.ts'
import { type Code, call, literal } from './code.ts'

/** The keys under which a program asks for secrets. */
export interface SecretKeys {
  /** Code that asks for a secret; `about` says in words what it is: `archive sinkConfiguration`. */
  ask(about: string, value: PropertyValue): Code
  /** Every key that was asked for. */
  all(): readonly string[]
}

/** No keys yet. */
export function createSecretKeys(): SecretKeys {
  const keys = new Set<string>()
  return {
    ask(about, value) {
      const base = keyOf(about)
      let key = base
      for (let i = 2; keys.has(key); i++) key = `${base}${i}`
      keys.add(key)
      return call(`config.${methodFor(value)}`, literal(key))
    },
    all: () => [...keys],
  }
}

function keyOf(about: string): string {
  return about
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
}

function methodFor(value: PropertyValue): string {
  switch (typeof value) {
    case 'number':
      return 'requireSecretNumber'
    case 'boolean':
      return 'requireSecretBoolean'
    case 'object':
      return 'requireSecretObject'
    default:
      return 'requireSecret'
  }
}
