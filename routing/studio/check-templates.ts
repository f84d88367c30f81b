import { closestName } from '../centre/closest-name.ts'
import type { Place, Report } from './flow-problem.ts'
import type { FlowView, WidgetView } from './flow-view.ts'
import {
  isTemplate,
  type TemplatePiece,
  templatePieces,
  withoutOutputs,
  withoutQuotes,
} from './template.ts'

const blocks = ['if', 'unless', 'case', 'for', 'tablerow', 'capture', 'comment', 'raw']
const plainTags = 'elsif else when break continue cycle assign increment decrement'.split(' ')
const filters =
  'default plus minus times replace downcase to_json date append prepend upcase capitalize strip lstrip rstrip strip_html strip_newlines newline_to_br split join first last size map sort reverse uniq slice truncate truncatewords remove remove_first replace_first divided_by modulo round ceil floor abs escape escape_once url_encode url_decode'.split(
    ' ',
  )
const longestAttributes = 1_024

/** Looks at every text of a flow that is filled in at run time. */
export function checkTemplates({ widgets }: FlowView, report: Report): void {
  const names = new Set(widgets.map(({ name }) => name))
  for (const widget of widgets) {
    for (const { place, text } of textsOf(widget)) checkText(place, text, names, report)
    for (const name of ['attributes', 'task_attributes']) checkAttributes(widget, name, report)
    checkBody(widget, report)
  }
}

type PlacedText = { readonly place: Place; readonly text: string }

function* textsOf({ path, widget, properties, exits }: WidgetView): Generator<PlacedText> {
  yield* within({ path: `${path}.properties`, widget }, properties)
  for (const { conditions = [] } of exits) {
    for (const { path: at, value, texts } of conditions) {
      yield { place: { path: `${at}.value`, widget }, text: value }
      for (const [i, text] of texts.entries()) {
        yield { place: { path: `${at}.arguments[${i}]`, widget }, text }
      }
    }
  }
}

function* within(place: Place, value: unknown): Generator<PlacedText> {
  if (typeof value === 'string') yield { place, text: value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, item] of Object.entries(value)) {
    const path = Array.isArray(value) ? `${place.path}[${key}]` : `${place.path}.${key}`
    yield* within({ ...place, path }, item)
  }
}

function checkText(place: Place, text: string, names: ReadonlySet<string>, report: Report): void {
  if (!isTemplate(text)) return
  const { pieces, open } = templatePieces(text)
  if (open !== undefined) {
    report.error(place, `the template “${open}” has no end`, 'close it with }} or %}')
    return
  }
  checkTags(place, pieces, report)
  for (const piece of pieces) {
    const code = withoutQuotes(piece.text)
    if (code.includes('+')) {
      report.error(place, `“${piece.text}” adds with +`, 'write | plus: 1')
    }
    checkFilters(place, code, report)
    checkWidgetNames(place, piece.text, names, report)
  }
}

function checkTags(place: Place, pieces: readonly TemplatePiece[], report: Report): void {
  const open: string[] = []
  for (const { kind, text } of pieces) {
    if (kind !== 'tag') continue
    const [tag = ''] = text.split(/\s/)
    if (blocks.includes(tag)) open.push(tag)
    else if (tag.startsWith('end')) {
      const begun = open.pop()
      if (tag !== `end${begun}`) {
        const remedy = begun ? `close ${begun} first` : 'remove it'
        report.error(place, `{% ${tag} %} closes nothing`, remedy)
        return
      }
    } else if (!plainTags.includes(tag)) {
      const meant = closestName(tag, [...blocks, ...plainTags])
      const remedy = meant ? `did you mean “${meant}”?` : 'Studio renders nothing for it'
      report.warn(place, `{% ${tag} %} is no known tag`, remedy)
    }
  }
  const [left] = open
  if (left) report.error(place, `{% ${left} %} has no end`, `write {% end${left} %}`)
}

function checkFilters(place: Place, code: string, report: Report): void {
  for (const [, filter = ''] of code.matchAll(/\|\s*([A-Za-z_]\w*)/g)) {
    if (filters.includes(filter)) continue
    const meant = closestName(filter, filters)
    const remedy = meant ? `did you mean “${meant}”?` : 'Studio renders nothing for it'
    report.warn(place, `“${filter}” is no known filter`, remedy)
  }
}

function checkWidgetNames(
  place: Place,
  text: string,
  names: ReadonlySet<string>,
  report: Report,
): void {
  for (const [, dotted, quoted] of text.matchAll(
    /\bwidgets(?:\.([A-Za-z][\w-]*)|\[\s*["']([^"']+)["']\s*\])/g,
  )) {
    const name = dotted ?? quoted ?? ''
    if (names.has(name)) continue
    const meant = closestName(name, names)
    const remedy = meant ? `did you mean “${meant}”?` : 'it renders as nothing'
    report.warn(place, `reads “widgets.${name}”, which is no widget`, remedy)
  }
}

function checkAttributes(
  { path, widget, properties }: WidgetView,
  name: string,
  report: Report,
): void {
  const text = properties[name]
  if (typeof text !== 'string' || text.trim() === '') return
  const place = { path: `${path}.properties.${name}`, widget }
  const filled = withoutOutputs(text)
  if (filled.length > longestAttributes) {
    const remedy = `Studio takes ${longestAttributes}: leave out what the task does not need`
    report.warn(place, `has ${filled.length} characters and more`, remedy)
  }
  // What stands for the whole, or hangs on tags, is not known before it is filled in.
  if (filled.trim() === '0' || /\{%/.test(text)) return
  // An output may stand for a value, or for what comes and goes.
  const why = whyNotJson(withoutOutputs(text, '')) && whyNotJson(filled)
  if (why) report.error(place, `is not JSON: ${why}`, 'write {"key": "{{template}}"}')
}

function checkBody({ path, widget, type, properties }: WidgetView, report: Report): void {
  const { body, content_type: contentType } = properties
  if (type !== 'make-http-request' || typeof body !== 'string' || body.trim() === '') return
  if (!String(contentType).startsWith('application/json') || /\{%/.test(body)) return
  const why = whyNotJson(withoutOutputs(body, '')) && whyNotJson(withoutOutputs(body))
  const place = { path: `${path}.properties.body`, widget }
  if (why) report.warn(place, `is not JSON: ${why}`, 'correct it, or name another content_type')
}

function whyNotJson(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
