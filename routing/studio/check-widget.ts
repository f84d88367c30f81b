import { type Widget, widgets, widgetTypes } from '../../schemas/index.ts'
import { closestName } from '../centre/closest-name.ts'
import type { Report } from './flow-problem.ts'
import { is, type WidgetView } from './flow-view.ts'
import { isTemplate } from './template.ts'

// What Studio's pages call some properties, and what they are called in a definition.
const displayNames: Readonly<Record<string, string>> = {
  num_digits: 'number_of_digits',
  speech_recognition_language: 'gather_language',
  send_twilio_credentials: 'add_twilio_auth',
  hold_music_url: 'wait_url',
  url_method: 'wait_url_method',
  silence_timeout: 'timeout',
  charge_amount: 'payment_amount',
  messaging_service_sid: 'service',
  chat_service_instance_sid: 'service',
  chat_channel_sid: 'channel',
  stream_connector_name: 'stream_connector',
}

// Least and most of numbers, also where they are written as text.
const ranges: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
  'say-play': { loop: [1, 99] },
  'gather-input-on-call': { loop: [1, 99], timeout: [0, 30], number_of_digits: [0, 30] },
  'record-voicemail': { max_length: [1, 14_400] },
  'make-outgoing-call-v1': { timeout: [0, 600] },
  'make-outgoing-call-v2': { timeout: [0, 600] },
  'connect-call-to': { timeout: [1, 600] },
  'add-twiml-redirect': { timeout: [0, 14_400] },
  'send-and-wait-for-reply': { timeout: [1, 14_400] },
  'send-to-flex': { timeout: [1, 1_209_600] },
}

/** What is wrong with a widget by itself: its name, its type, its properties. Whether it can be judged further. */
export function checkWidget(widget: WidgetView, report: Report): void {
  checkName(widget, report)
  const known = widgets[widget.type]
  if (widget.type === 'send-to-auto-pilot') {
    const place = { path: `${widget.path}.type`, widget: widget.name }
    // An old flow may still have one, and must be read to be mended.
    report.warn(place, 'has no effect: Autopilot is no more', 'lead past it, and remove it')
  } else if (!widgetTypes.includes(widget.type)) checkUnknown(widget, report)
  if (!known) return
  checkProperties(widget, known, report)
  checkChoiceOfTwo(widget, report)
}

// Most likely misspelt where it is like another; else it may be newer than what is known here.
function checkUnknown({ path, name, type }: WidgetView, report: Report): void {
  const place = { path: `${path}.type`, widget: name }
  const meant = closestName(type, widgetTypes)
  if (meant) report.error(place, `“${type}” is no type of widget`, `did you mean “${meant}”?`)
  else report.warn(place, `“${type}” is no known type of widget`, 'Studio will say whether it is')
}

function checkName({ name, path, widget }: WidgetView, report: Report): void {
  const place = { path: `${path}.name`, widget }
  if (name === '') report.error(place, 'is empty', 'every widget has a name')
  else if (name === 'Ended') {
    report.error(place, 'is what steps say of the end of a flow', 'give it another name')
  } else if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) {
    const remedy = 'use letters, digits, _ and -, beginning with a letter'
    report.warn(place, 'can’t be named in templates', remedy)
  }
}

function checkProperties(
  { path, widget, type, properties }: WidgetView,
  { required, properties: types, choices }: Widget,
  report: Report,
): void {
  const at = (name: string) => ({ path: `${path}.properties.${name}`, widget })
  for (const name of required) {
    if (properties[name] !== undefined) continue
    report.error(at(name), 'is missing', `${type} needs it`)
  }
  for (const [name, value] of Object.entries(properties)) {
    const wanted = types[name]
    if (wanted === undefined) {
      suggestName(at(name), name, Object.keys(types), report)
      continue
    }
    if (!is(at(name), value, wanted, report) || isTemplate(value)) continue
    const possible = choices[name]
    if (possible && !possible.includes(String(value))) {
      const message = `“${String(value)}” is no ${name} of ${type}`
      report.error(at(name), message, `write one of ${possible.join(', ')}`)
    }
    checkRange(at(name), value, ranges[type]?.[name], report)
  }
}

function suggestName(
  place: Parameters<Report['warn']>[0],
  name: string,
  known: readonly string[],
  report: Report,
): void {
  if (name === 'offset') return
  const wire = displayNames[name]
  const meant = wire !== undefined && known.includes(wire) ? wire : closestName(name, known)
  // A definition may hold more than is documented; Studio lets it pass.
  if (meant !== undefined) report.warn(place, 'has no meaning', `did you mean “${meant}”?`)
}

function checkRange(
  place: Parameters<Report['warn']>[0],
  value: unknown,
  range: readonly [number, number] | undefined,
  report: Report,
): void {
  if (!range || value === '' || !Number.isFinite(Number(value))) return
  const [least, most] = range
  if (Number(value) >= least && Number(value) <= most) return
  report.warn(place, `is ${String(value)}`, `Studio takes ${least} to ${most}`)
}

// Of some properties a widget uses only one.
function checkChoiceOfTwo({ path, widget, type, properties }: WidgetView, report: Report): void {
  const place = { path: `${path}.properties`, widget }
  const isSet = (name: string) => properties[name] !== undefined && properties[name] !== ''
  switch (type) {
    case 'say-play':
    case 'gather-input-on-call': {
      const prompts = ['say', 'play', 'digits'].filter(isSet)
      if (prompts.length > 1) {
        report.warn(place, `has ${prompts.join(' and ')}, of which one is used`, 'keep one')
      } else if (prompts.length === 0 && type === 'say-play') {
        report.warn(place, 'says nothing', 'give it say, play or digits')
      }
      break
    }
    case 'enqueue-call': {
      const targets = ['workflow_sid', 'queue_name'].filter(isSet)
      if (targets.length === 2) {
        report.error(place, 'names a workflow and a queue', 'keep workflow_sid or queue_name')
      } else if (targets.length === 0) {
        report.error(place, 'names no queue', 'give it workflow_sid or queue_name')
      }
      break
    }
    default:
  }
}
