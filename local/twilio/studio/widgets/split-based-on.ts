import type { FlowTransition } from '../../../../schemas/index.ts'
import type { Step, Widget } from '../execution/widget.ts'
import { matchesWhole } from './whole-match.ts'

type Condition = NonNullable<FlowTransition['conditions']>[number]

/** Goes the first way whose conditions all hold. */
export const splitBasedOn: Widget = {
  start(step) {
    const branches = step.state.transitions.filter(({ event }) => event === 'match')
    const transition = branches.find(({ conditions = [] }) =>
      conditions.every((condition) => holds(condition, step)),
    )
    if (transition) return { kind: 'exit', event: 'match', transition }
    if (!step.state.transitions.some(({ event }) => event === 'noMatch')) {
      step.alert(81005, `nothing matched “${step.text('input')}”`)
    }
    return { kind: 'exit', event: 'noMatch' }
  },
}

// Letters count alike in both cases, and blanks around a text do not count.
function holds({ type, arguments: texts, value }: Condition, step: Step): boolean {
  const argument = normal(step.fill(texts[0] ?? step.text('input')))
  const wanted = normal(step.fill(value))
  const entries = () => wanted.split(',').map((entry) => entry.trim())
  switch (type) {
    case 'equal_to':
      return argument === wanted
    case 'not_equal_to':
      return argument !== wanted
    case 'matches_any_of':
      return entries().includes(argument)
    case 'does_not_match_any_of':
      return !entries().includes(argument)
    case 'contains':
      return argument.includes(wanted)
    case 'does_not_contain':
      return !argument.includes(wanted)
    case 'starts_with':
      return argument.startsWith(wanted)
    case 'does_not_start_with':
      return !argument.startsWith(wanted)
    case 'is_blank':
      return argument === ''
    case 'is_not_blank':
      return argument !== ''
    case 'regex':
      return matches(step.fill(texts[0] ?? step.text('input')), step.fill(value), step)
    case 'less_than':
      return compareNumbers(argument, wanted) < 0
    case 'greater_than':
      return compareNumbers(argument, wanted) > 0
    // Dates and times of day are zero-padded: their order is that of their texts.
    case 'is_before_date':
    case 'is_before_time':
      return argument !== '' && argument < wanted
    case 'is_after_date':
    case 'is_after_time':
      return argument !== '' && argument > wanted
    default:
      step.alert(81005, `there is no condition “${type}”`)
      return false
  }
}

function normal(text: string): string {
  return text.trim().toLowerCase()
}

/** NaN, which is neither less nor greater, unless both are numbers. */
function compareNumbers(one: string, other: string): number {
  return one === '' || other === '' ? Number.NaN : Number(one) - Number(other)
}

function matches(text: string, pattern: string, step: Step): boolean {
  try {
    return matchesWhole(pattern, text.trim())
  } catch (error) {
    step.alert(81005, `“${pattern}” cannot be matched: ${String(error)}`)
    return false
  }
}
