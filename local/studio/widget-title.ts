import type { FlowState } from '../../schemas/index.ts'

// What a widget is about, the first of these that it has.
const telling = [
  'say',
  'play',
  'digits',
  'body',
  'input',
  'url',
  'to',
  'workflow_sid',
  'workflow',
  'queue_name',
  'flow_sid',
  'conversation_service_sid',
]
const letterWidth = 7

/** What a widget says of itself: a line that fits a box of that width, and the whole for who points at it. */
export function titleOf(
  { name, type, properties }: FlowState,
  width: number,
): { readonly line: string; readonly whole: string } {
  const { offset: _, ...told } = properties
  const rows = Object.entries(told).map(([key, value]) => `${key}: ${textOf(value)}`)
  return {
    line: shortened(lineOf(type, properties), Math.floor((width - 24) / letterWidth)),
    whole: [`${name} (${type})`, ...rows].join('\n'),
  }
}

function lineOf(type: string, properties: FlowState['properties']): string {
  const key = telling.find((one) => properties[one] !== undefined && properties[one] !== '')
  if (key !== undefined) return textOf(properties[key])
  const { variables } = properties
  if (type !== 'set-variables' || !Array.isArray(variables)) return ''
  return variables.map(({ key: name, value }) => `${name} = ${textOf(value)}`).join(', ')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function shortened(text: string, longest: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
