import { element, setText, show } from '../../../web/index.ts'
import type { ConsoleMessage } from '../messages.ts'

type Change = NonNullable<Extract<ConsoleMessage, { kind: 'change' }>['change']>

/** The diff of a saved program, with the decision: apply it or not. */
export function createChangePanel(
  section: HTMLElement,
  actions: { readonly apply: () => void; readonly ignore: () => void },
) {
  const files = element('p', { class: 'quiet' })
  const diff = element('pre', { class: 'diff', tabindex: '0', 'aria-label': 'What would change' })
  const state = element('p', { role: 'status' })
  const apply = element(
    'button',
    { type: 'button', class: 'go', click: actions.apply },
    'Apply the change',
  )
  const ignore = element('button', { type: 'button', click: actions.ignore }, 'Ignore it')
  section.append(
    element(
      'div',
      { class: 'card change' },
      files,
      diff,
      state,
      element('div', { class: 'buttons' }, apply, ignore),
    ),
  )
  return {
    update(change: Change | null) {
      show(section, change !== null)
      if (!change) return
      setText(files, `Saved: ${change.files.join(', ')}`)
      diff.replaceChildren(...change.text.split('\n').map(toLine))
      setText(state, change.state === 'applying' ? 'Applying…' : '')
      apply.disabled = change.state !== 'pending'
      ignore.disabled = change.state === 'applying'
      show(apply, change.state !== 'failed')
    },
  }
}

function toLine(line: string): HTMLElement {
  const [sign = ''] = line.trimStart()
  const kind = { '+': 'added', '-': 'removed', '~': 'changed' }[sign] ?? 'same'
  return element('span', { 'data-line': kind }, `${line}\n`)
}
