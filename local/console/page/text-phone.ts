import { element, type Part } from '../../../web/index.ts'
import type { ConsoleState } from '../messages.ts'
import { createTextThread, type ShownText } from './text-thread.ts'

/** What somebody with a phone does with texts. */
export type TextActions = {
  /** Whether it was sent. */
  readonly send: (from: string, to: string, body: string) => Promise<boolean>
  /** What the phone has got and sent, oldest first. */
  readonly thread: (address: string) => Promise<readonly ShownText[]>
}

const NUMBER = /^\+[1-9][0-9]{1,14}$/

/** A phone outside the centre that texts one of its numbers, with what it has sent and got. */
export function createTextPhone(actions: TextActions) {
  const from = element('input', {
    name: 'textFrom',
    type: 'tel',
    required: true,
    autocomplete: 'off',
    pattern: '\\+[1-9][0-9]{1,14}',
    title: 'a number with its country code, such as +12025550123',
    value: '+12025550123',
    input: () => void look(),
  })
  const to = element('select', { name: 'textTo', required: true })
  const body = element('textarea', {
    name: 'textBody',
    rows: '2',
    required: true,
    maxlength: '1600',
    keydown: (event) => sendOnEnter(event as KeyboardEvent),
  })
  const button = element('button', { type: 'submit', class: 'go wide' }, 'Send')
  const thread = createTextThread()
  const form = element(
    'form',
    {
      class: 'dial',
      submit: (event) => {
        event.preventDefault()
        void send()
      },
    },
    element('label', { class: 'field' }, element('span', {}, 'From'), from),
    element('label', { class: 'field' }, element('span', {}, 'To'), to),
    thread.element,
    element('label', { class: 'field' }, element('span', {}, 'Message'), body),
    button,
  )
  const details = element(
    'details',
    { class: 'card texts', toggle: () => void look() },
    element('summary', {}, 'Text the centre'),
    form,
  )

  async function send(): Promise<void> {
    const text = body.value.trim()
    if (text === '' || !(await actions.send(from.value.trim(), to.value, text))) return
    // Unless more was typed meanwhile.
    if (body.value.trim() === text) body.value = ''
    await look()
  }

  /** Reads again what the phone has; while nobody looks, it is not asked for. */
  async function look(): Promise<void> {
    const address = from.value.trim()
    if (!details.open) return
    const texts = NUMBER.test(address) ? await actions.thread(address) : []
    // The answer to an earlier question may come late.
    if (address === from.value.trim()) thread.update({ address, texts }, Date.now())
  }

  function sendOnEnter(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  }

  const part: Part<ConsoleState> = {
    element: details,
    update({ view }) {
      button.disabled = view.numbers.length === 0
      const known = view.numbers.map(({ phoneNumber }) => phoneNumber)
      if (to.dataset['numbers'] === known.join()) return
      to.dataset['numbers'] = known.join()
      to.replaceChildren(...known.map((value) => element('option', { value }, value)))
    },
  }
  return { ...part, look }
}
