import { isRecord, unknownValue } from '../protocol/values.ts'

// A longer template is told once, as the input of its split.
const longestPath = 60

/** What a branch of a split asks, in words: `keypress 1`, `flow.variables.language = es`. */
export function branchWords(conditions: unknown): string {
  const list = Array.isArray(conditions) ? conditions : []
  return list.length === 0 ? 'match' : list.map(conditionWords).join(' and ')
}

/** The labels of canonical conditions that say something of their own. */
export function branchLabel(conditions: unknown): string | undefined {
  const labels = (Array.isArray(conditions) ? conditions : []).flatMap((condition) => {
    const label = isRecord(condition) ? condition['friendly_name'] : undefined
    return label === undefined ? [] : [String(label)]
  })
  return labels.length > 0 ? labels.join(' and ') : undefined
}

function conditionWords(condition: unknown): string {
  if (!isRecord(condition)) return 'match'
  const { arguments: texts, type, value } = condition
  const [text] = Array.isArray(texts) ? texts : []
  const { subject, spoken } = subjectOf(String(text))
  return wordsOf(String(type), valueWords(value), subject, spoken)
}

// What callers press, say and write has a word of its own; everything else is named by its path.
function subjectOf(text: string): { readonly subject: string; readonly spoken: boolean } {
  const inner = /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text)?.[1]?.trim() ?? text
  const path = inner.replace(/\s*\|.*$/s, '')
  if (/^widgets\.[\w-]+\.Digits$/.test(path)) return { subject: 'keypress', spoken: true }
  if (/^widgets\.[\w-]+\.SpeechResult$/.test(path)) return { subject: 'speech', spoken: true }
  if (/^widgets\.[\w-]+\.inbound\.Body$/.test(path)) return { subject: 'reply', spoken: true }
  if (/^trigger\.(message|conversation)\.Body$/.test(path)) {
    return { subject: 'message', spoken: true }
  }
  return { subject: inner.length > longestPath ? 'input' : inner, spoken: false }
}

function valueWords(value: unknown): string {
  if (value === unknownValue) return '(known after the deployment)'
  const text = String(value).trim()
  return /^[^\s“”]+$/.test(text) ? text : `“${text}”`
}

function wordsOf(type: string, value: string, subject: string, spoken: boolean): string {
  const entries = (word: string) =>
    value
      .replace(/^“|”$/g, '')
      .split(',')
      .map((entry) => entry.trim())
      .join(` ${word} `)
  switch (type) {
    case 'equal_to':
      return spoken ? `${subject} ${value}` : `${subject} = ${value}`
    case 'not_equal_to':
      return spoken ? `${subject} other than ${value}` : `${subject} ≠ ${value}`
    case 'matches_any_of':
      return spoken ? `${subject} ${entries('or')}` : `${subject} = ${entries('or')}`
    case 'does_not_match_any_of':
      return `${subject} neither ${entries('nor')}`
    case 'contains':
      return `${subject} containing ${value}`
    case 'does_not_contain':
      return `${subject} without ${value}`
    case 'starts_with':
      return `${subject} beginning with ${value}`
    case 'does_not_start_with':
      return `${subject} not beginning with ${value}`
    case 'is_blank':
      return spoken ? `no ${subject}` : `${subject} blank`
    case 'is_not_blank':
      return spoken ? `any ${subject}` : `${subject} not blank`
    case 'regex':
      return `${subject} matching ${value}`
    case 'less_than':
      return `${subject} below ${value}`
    case 'greater_than':
      return `${subject} above ${value}`
    case 'is_before_date':
    case 'is_before_time':
      return `${subject} before ${value}`
    case 'is_after_date':
    case 'is_after_time':
      return `${subject} after ${value}`
    default:
      return `${subject} ${type} ${value}`
  }
}
