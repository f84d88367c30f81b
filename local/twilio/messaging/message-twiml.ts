import { type Element, parseXml, TwimlError } from '../voice/twiml/index.ts'

/** One instruction of an answer to a text message. */
export type MessageVerb =
  | {
      readonly kind: 'Message'
      readonly to: string | null
      readonly from: string | null
      readonly body: string
      readonly mediaUrls: readonly string[]
      readonly action: Target | null
      readonly statusCallback: string | null
    }
  | { readonly kind: 'Redirect'; readonly target: Target }

type Target = { readonly url: string; readonly method: 'GET' | 'POST' }

/** A document for messages, and what in it means nothing here. */
export type MessageDocument = {
  readonly verbs: readonly MessageVerb[]
  readonly warnings: readonly string[]
}

/** Reads TwiML that answers a text message. Throws a `TwimlError` for what is none. */
export function readMessageTwiml(xml: string): MessageDocument {
  const root = parseXml(xml)
  if (root.name !== 'Response') {
    throw new TwimlError(`the root element is <${root.name}>, not <Response>`)
  }
  const warnings: string[] = []
  const verbs = root.children.flatMap((element): MessageVerb | readonly [] => {
    switch (element.name) {
      case 'Message':
      case 'Sms':
        return readMessage(element)
      case 'Redirect':
        return { kind: 'Redirect', target: { url: element.text, method: methodOf(element) } }
      default:
        warnings.push(`line ${element.line}: <${element.name}> is no verb for messages`)
        return []
    }
  })
  return { verbs, warnings }
}

function readMessage(element: Element): MessageVerb {
  const { attributes, children } = element
  const named = (name: string) => children.filter((child) => child.name === name)
  const bodies = named('Body')
  const { action } = attributes
  return {
    kind: 'Message',
    to: attributes['to'] || null,
    from: attributes['from'] || null,
    body: bodies.length > 0 ? bodies.map(({ rawText }) => rawText.trim()).join('') : own(element),
    mediaUrls: named('Media').map(({ text }) => text),
    action: action === undefined ? null : { url: action, method: methodOf(element) },
    statusCallback: attributes['statusCallback'] || null,
  }
}

// Without the addresses of the media within.
function own({ rawText, children }: Element): string {
  return children.reduce((text, child) => text.replace(child.rawText, ''), rawText).trim()
}

function methodOf({ attributes }: Element): 'GET' | 'POST' {
  return attributes['method']?.toUpperCase() === 'GET' ? 'GET' : 'POST'
}
