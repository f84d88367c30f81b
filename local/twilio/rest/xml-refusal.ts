import { codes, refusalBody, TwilioRefusal } from './refusal.ts'
import type { Answer } from './route.ts'

/** Whether the API of 2010 is asked in another form than JSON: a path without a suffix means XML, `.csv` a table. */
export function asksForXml(host: string, pathname: string): boolean {
  return (
    host === 'api.twilio.com' && pathname.startsWith('/2010-04-01/') && !pathname.endsWith('.json')
  )
}

/** The path of the same resource in JSON. */
export function inJson(pathname: string): string {
  return `${pathname.replace(/\.(xml|csv)$/, '')}.json`
}

/** The refusal of a form that is not answered here, although the resource is. */
export function onlyJson(method: string, pathname: string): TwilioRefusal {
  const form = pathname.endsWith('.csv') ? 'CSV' : 'XML'
  return new TwilioRefusal(
    501,
    codes.notImplemented,
    `${method} ${pathname} asks for ${form}, which is not implemented by the local Twilio: ask for ${inJson(pathname)}`,
  )
}

/** An error as the API of 2010 tells it in XML. */
export function xmlRefusal(refusal: TwilioRefusal): Answer {
  const { code, message, more_info, status } = refusalBody(refusal)
  const text = [
    "<?xml version='1.0' encoding='UTF-8'?>",
    '<TwilioResponse><RestException>',
    `<Code>${code}</Code><Message>${escaped(message)}</Message>`,
    `<MoreInfo>${more_info}</MoreInfo><Status>${status}</Status>`,
    '</RestException></TwilioResponse>',
  ].join('')
  return {
    status,
    content: { type: 'application/xml', bytes: new TextEncoder().encode(text) },
    headers: refusal.headers,
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
