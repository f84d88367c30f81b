import type { Method, Target } from '../twiml/index.ts'
import type { Frame, Source } from './frame.ts'

/**
 * The address meant by a URL of the document: relative ones resolve against it, a blank one is the document itself.
 * In an inline document both stay as they are and fail when they are requested (11100).
 */
export function absolute(frame: Frame, url: string): string {
  if (url.trim() === '') return frame.documentUrl ?? ''
  if (frame.baseUrl === null || !URL.canParse(url, frame.baseUrl)) return url
  return new URL(url, frame.baseUrl).href
}

/** The same for a URL with its method, or null when there is none. */
export function absoluteTarget<T extends Target>(frame: Frame, target: T | null): T | null {
  return target && { ...target, url: absolute(frame, target.url) }
}

/** The document behind a verb's `action`; null means the current document. */
export function actionSource(
  frame: Frame,
  action: string | null,
  method: Method,
  fields: Readonly<Record<string, string>>,
): Source {
  return { kind: 'url', url: absolute(frame, action ?? ''), method, fields }
}
