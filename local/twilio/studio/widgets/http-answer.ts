import { isObject } from '../../rest/json-parameter.ts'
import type { WebhookResult } from '../../webhooks/webhooks.ts'
import type { Values } from '../execution/widget.ts'

/** Studio takes no more of an answer. */
const LONGEST_BODY = 64 * 1_024

/** What came of a request. */
export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly outputs: Values }
  | { readonly kind: 'none'; readonly reason: string }

/** The answer as templates see it; nothing of one that did not come, or is too long. */
export function readAnswer(result: WebhookResult): HttpAnswer {
  if (result.kind === 'failed') return { kind: 'none', reason: `${result.reason} (${result.code})` }
  const { status, contentType, body } = result
  if (Buffer.byteLength(body) > LONGEST_BODY) {
    return { kind: 'none', reason: `the answer is longer than ${LONGEST_BODY} bytes` }
  }
  const object = contentType === 'application/json' ? parse(body) : undefined
  const outputs = {
    status_code: status,
    content_type: contentType,
    body,
    ...(object && { parsed: object }),
  }
  return { kind: 'answered', status, outputs }
}

/** Studio parses objects only: a list has to stand within one. */
function parse(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
