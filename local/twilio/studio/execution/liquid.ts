import { Context, type Emitter, ForTag, Liquid, type Template, type TopLevelToken } from 'liquidjs'
import type { Clock } from '../../../clock.ts'
import type { Values } from './widget.ts'

/** Fills in templates as Studio does. */
export interface Templates {
  /** Throws a `TemplateError` when the text cannot be filled in. A text without a template is returned as it stands. */
  fill(text: string, values: Values): string
}

/** A text that is no template of Studio's, or too much of one. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly template: string

  constructor(template: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`“${template.slice(0, 80)}” cannot be filled in: ${why}`, { cause })
    this.template = template
  }
}

const TAGS =
  'if unless case for tablerow capture comment raw assign break continue cycle increment decrement'
const FILTERS = `default plus minus times divided_by modulo round ceil floor abs replace replace_first remove remove_first
  downcase upcase capitalize append prepend strip lstrip rstrip strip_html strip_newlines newline_to_br truncate
  truncatewords escape escape_once url_encode url_decode split join first last size map sort reverse uniq slice date`

const MOST_ROUNDS = 15
const LONGEST_RESULT = 16 * 1_024
// Bounds on a template that works hard for a short result.
const MOST_MEMORY = 10_000_000
const LONGEST_RENDER_MS = 5_000
const KEPT_TEMPLATES = 5_000

/** Templates with the tags and filters that Studio has; `now` is the clock's, shown in that time zone. */
export function createTemplates(clock: Clock, timeZone = 'America/Los_Angeles'): Templates {
  const engine = createEngine(clock, timeZone)
  const parsed = new Map<string, Template[]>()
  const parse = (text: string) => {
    const known = parsed.get(text)
    if (known) return known
    const templates = engine.parse(text)
    checkTokens(templates)
    if (parsed.size >= KEPT_TEMPLATES) parsed.clear()
    parsed.set(text, templates)
    return templates
  }
  return {
    fill(text, values) {
      if (!/\{[{%]/.test(text)) return text
      try {
        const result = String(engine.renderSync(parse(text), new Reading(values, engine)))
        const bytes = Buffer.byteLength(result)
        if (bytes > LONGEST_RESULT)
          throw new RangeError(`${bytes} bytes, at most ${LONGEST_RESULT}`)
        return result
      } catch (error) {
        throw new TemplateError(text, error)
      }
    },
  }
}

function createEngine(clock: Clock, timeZone: string): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    timezoneOffset: timeZone,
    memoryLimit: MOST_MEMORY,
    renderLimit: LONGEST_RENDER_MS,
    outputEscape: readable,
  })
  keep(engine.tags, TAGS)
  keep(engine.filters, FILTERS)
  engine.registerTag('for', ShortFor)
  const { date, divided_by: divide } = engine.filters
  engine.registerFilter('to_json', (value: unknown) => JSON.stringify(value ?? null))
  engine.registerFilter('date', function (value: unknown, ...rest: unknown[]) {
    const now = value === 'now' || value === 'today'
    return call(date, this, now ? new Date(clock.now()) : value, rest)
  })
  // Whole numbers divide into whole numbers.
  engine.registerFilter('divided_by', function (value: unknown, by: unknown) {
    const whole = Number.isInteger(Number(value)) && Number.isInteger(Number(by))
    return call(divide, this, value, [by, whole])
  })
  return engine
}

function keep(known: Record<string, unknown>, names: string): void {
  const kept = new Set(names.split(/\s+/))
  for (const name of Object.keys(known)) {
    if (!kept.has(name)) delete known[name]
  }
}

function call(filter: unknown, self: unknown, value: unknown, rest: readonly unknown[]): unknown {
  if (typeof filter !== 'function') throw new TypeError('liquidjs has lost a filter')
  return filter.call(self, value, ...rest)
}

// An object is shown as JSON: what Studio prints there is not documented, and this can be read.
function readable(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(readable).join('')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What a template reads. liquidjs takes an index beyond the end of a list for nothing, where Studio warns. */
class Reading extends Context {
  constructor(values: Values, liquid: Liquid) {
    super(values, liquid.options, { sync: true }, { liquid })
  }

  override readProperty(...[from, key]: Parameters<Context['readProperty']>): unknown {
    if (Array.isArray(from) && typeof key === 'number') {
      const { length } = from
      if (key >= length || key < -length) {
        throw new RangeError(`index ${key} is beyond the end of a list of ${length}`)
      }
    }
    return super.readProperty(from, key)
  }
}

/** `{% for %}` that stops after fifteen rounds. */
class ShortFor extends ForTag {
  constructor(...parameters: ConstructorParameters<typeof ForTag>) {
    super(...parameters)
    const [token] = parameters
    this.templates.unshift(new RoundLimit(token))
  }
}

/** Stands first in the body of a loop and leaves it when it has gone round often enough. */
class RoundLimit implements Template {
  readonly token: TopLevelToken

  constructor(token: TopLevelToken) {
    this.token = token
  }

  render(context: Context, _emitter: Emitter): void {
    const index = context.getSync(['forloop', 'index0'])
    if (Number(index) >= MOST_ROUNDS) Object.assign(context, { breakCalled: true })
  }
}

// liquidjs reads names of any script as empty; Studio refuses them.
function checkTokens(templates: readonly Template[]): void {
  for (const { token } of templates) {
    const text = token.getText()
    if (!/^\{[{%]/.test(text)) continue
    if (/[^\x20-\x7e\s]/.test(text.replace(/'[^']*'|"[^"]*"/g, ''))) {
      throw new SyntaxError(`a name in ${text} is not ASCII`)
    }
  }
}
