import { element, setText } from '../../../web/index.ts'

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const
const letters: Readonly<Record<string, string>> = {
  '2': 'ABC',
  '3': 'DEF',
  '4': 'GHI',
  '5': 'JKL',
  '6': 'MNO',
  '7': 'PQRS',
  '8': 'TUV',
  '9': 'WXYZ',
}

/** The twelve keys of a phone. While enabled, the same keys of the keyboard press them, unless one types in a field. */
export function createKeypad(press: (digit: string) => void) {
  let enabled = false
  const pressed = element('output', { class: 'pressed', 'aria-label': 'Keys pressed' })
  const pushed = (digit: string) => {
    if (!enabled) return
    setText(pressed, `${pressed.textContent}${digit}`.slice(-16))
    press(digit)
  }
  const buttons = new Map(
    keys.map((key) => [
      key as string,
      element(
        'button',
        { type: 'button', class: 'key', 'aria-label': nameOf(key), click: () => pushed(key) },
        element('span', {}, key),
        ...(letters[key] ? [element('small', { 'aria-hidden': 'true' }, letters[key])] : []),
      ),
    ]),
  )
  document.addEventListener('keydown', (event) => {
    const button = buttons.get(event.key)
    if (!enabled || !button || event.repeat || isTyping(event)) return
    event.preventDefault()
    button.classList.add('down')
    setTimeout(() => button.classList.remove('down'), 150)
    pushed(event.key)
  })
  return {
    element: element(
      'div',
      { class: 'keypad', role: 'group', 'aria-label': 'Keypad; the keyboard’s digits work too' },
      pressed,
      ...buttons.values(),
    ),
    enable(on: boolean) {
      if (on && !enabled) setText(pressed, '')
      enabled = on
    },
  }
}

function nameOf(key: string): string {
  if (key === '*') return 'star'
  return key === '#' ? 'hash' : key
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true
  return event.target instanceof HTMLElement && event.target.matches('input, select, textarea')
}
