import type { Parameters } from './parameters.ts'
import { badRequest } from './refusal.ts'

/** Kinds of values that Twilio stores without looking further. */
type Kind = 'text' | 'url' | 'url-or-null' | 'method' | 'boolean' | 'nullable'

/** Settings of an object: field of its body → kind. The parameter has the same name in Pascal case. */
export type SettingKinds = Readonly<Record<string, Kind>>

/** Values of settings, by field. */
export type Settings = Readonly<Record<string, string | boolean | null>>

/** The settings of a new object: unset addresses are empty, methods are POST. */
export function defaultSettings(kinds: SettingKinds): Settings {
  return Object.fromEntries(Object.entries(kinds).map(([field, kind]) => [field, defaultOf(kind)]))
}

/** What the form sets; a parameter that was not sent changes nothing. */
export function readSettings(form: Parameters, kinds: SettingKinds): Settings {
  const settings: Record<string, string | boolean | null> = {}
  for (const [field, kind] of Object.entries(kinds)) {
    const name = parameterOf(field)
    const value = form.text(name)
    if (value !== undefined) settings[field] = read(name, value, kind)
  }
  return settings
}

function defaultOf(kind: Kind): string | boolean | null {
  switch (kind) {
    case 'text':
    case 'url':
      return ''
    case 'method':
      return 'POST'
    case 'boolean':
      return false
    case 'nullable':
    case 'url-or-null':
      return null
    default:
      throw new Error(`Unknown kind ${kind satisfies never}`)
  }
}

function read(name: string, value: string, kind: Kind): string | boolean | null {
  switch (kind) {
    case 'text':
      return value
    case 'url-or-null':
      return read(name, value, 'url') || null
    case 'url':
      if (value === '' || (URL.canParse(value) && /^https?:/i.test(value))) return value
      throw badRequest(`${name} is not a valid URL: ${value}`, 21402)
    case 'method': {
      const method = value.toUpperCase()
      if (method === 'GET' || method === 'POST') return method
      if (method === '') return 'POST'
      throw badRequest(`${name} must be GET or POST, not ${value}`, 21403)
    }
    case 'boolean':
      return /^(true|1|yes)$/i.test(value)
    case 'nullable':
      return value || null
    default:
      throw new Error(`Unknown kind ${kind satisfies never}`)
  }
}

// `voice_fallback_url` → `VoiceFallbackUrl`
function parameterOf(field: string): string {
  return field.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
