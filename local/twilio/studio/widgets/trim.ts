import type { Step } from '../execution/widget.ts'

/** What happens to silence at the ends of a recording, in the words of calls; flows also say it by `true` and `false`. */
export function trimOf(step: Step): string {
  const written = step.text('trim')
  if (written === 'true') return 'trim-silence'
  return written === 'false' ? 'do-not-trim' : written
}
