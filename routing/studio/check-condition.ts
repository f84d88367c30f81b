import { conditionTypes } from '../../schemas/index.ts'
import { closestName } from '../centre/closest-name.ts'
import type { Report } from './flow-problem.ts'
import type { ConditionView } from './flow-view.ts'
import { isTemplate } from './template.ts'

/** What is wrong with one condition of a split. */
export function checkCondition({ path, widget, type, value }: ConditionView, report: Report): void {
  const place = { path: `${path}.value`, widget }
  if (!(conditionTypes as readonly string[]).includes(type)) {
    const meant = closestName(type, conditionTypes)
    report.error(
      { path: `${path}.type`, widget },
      `“${type}” is no kind of condition`,
      meant ? `did you mean “${meant}”?` : `there are ${conditionTypes.join(', ')}`,
    )
    return
  }
  if (type === 'is_blank' || type === 'is_not_blank' || isTemplate(value)) return
  if (value.trim() === '') {
    report.error(place, 'is empty', 'say what to compare with, or ask is_blank')
    return
  }
  switch (type) {
    case 'matches_any_of':
    case 'does_not_match_any_of':
      if (value.split(',').some((entry) => entry.trim() === '')) {
        report.error(place, `“${value}” has an empty entry`, 'write entries with one comma between')
      }
      break
    case 'less_than':
    case 'greater_than':
      if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value)) {
        report.error(place, `“${value}” is no number`, 'compare with a number')
      }
      break
    case 'is_before_date':
    case 'is_after_date':
      if (!isDate(value.trim())) report.error(place, `“${value}” is no date`, 'write YYYY-MM-DD')
      break
    case 'is_before_time':
    case 'is_after_time':
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(value.trim())) {
        report.error(place, `“${value}” is no time`, 'write HH:MM, 00:00 to 23:59')
      }
      break
    case 'regex': {
      const why = whyNoExpression(value)
      if (why) report.error(place, `“${value}” does not compile: ${why}`, 'correct the expression')
      break
    }
    default:
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

// Studio's expressions are Java's. What only Java has is not judged here.
function whyNoExpression(text: string): string | undefined {
  if (/\(\?[a-z]+\)|[*+?}]\+|\\[AZzGQERhHXN]|\\p\{|&&|\(\?>/.test(text)) return undefined
  try {
    RegExp(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : ''
  }
}
