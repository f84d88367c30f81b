import type { Parameters } from '../../rest/parameters.ts'
import { badRequest } from '../../rest/refusal.ts'
import type { Method, ProgressCallback, RecordingCallback, Target } from '../twiml/index.ts'
import { voiceCodes } from './codes.ts'

/** An absolute address of that parameter; null when it was not sent. */
export function urlParameter(
  form: Parameters,
  name: string,
  code: number = voiceCodes.invalidParameter,
): string | null {
  const value = form.text(name)
  if (!value) return null
  if (URL.canParse(value) && /^https?:\/\/[^_/]+(\/|\?|#|$)/i.test(value)) return value
  throw badRequest(`${name} is not a valid URL: ${value}`, code)
}

/** `GET` or `POST` in any case. */
export function methodParameter(form: Parameters, name: string, standard: Method): Method {
  const value = form.text(name)?.toUpperCase()
  if (!value) return standard
  if (value === 'GET' || value === 'POST') return value
  throw badRequest(`${name} must be GET or POST, not '${value}'`, voiceCodes.methodInvalid)
}

/** `<name>` with `<name>Method`. */
export function targetParameter(
  form: Parameters,
  name: string,
  standard: Method = 'POST',
): Target | null {
  const url = urlParameter(form, name)
  return url === null ? null : { url, method: methodParameter(form, `${name}Method`, standard) }
}

/** `<name>`, `<name>Method` and the list `<name>Event`, which may also come as one text separated by spaces. */
export function callbackParameter(
  form: Parameters,
  name: string,
  standard: readonly string[],
): (ProgressCallback & RecordingCallback) | null {
  const target = targetParameter(form, name)
  const events = form.list(`${name}Event`).flatMap((text) => text.split(/[\s,]+/).filter(Boolean))
  return target && { ...target, events: events.length > 0 ? events : standard }
}
