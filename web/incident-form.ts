import { element } from './dom.ts'

const longest = '160'
const usual = 'Payments are down'

/** Opens an incident of priority 1; the text goes once it is open. */
export function createIncidentForm(open: (description: string) => Promise<boolean>): HTMLElement {
  const description = element('input', {
    ...{ type: 'text', name: 'description', required: true, maxlength: longest },
    ...{ autocomplete: 'off', placeholder: usual },
  })
  const button = element('button', { type: 'submit' }, 'Open incident')
  return element(
    'form',
    {
      class: 'incident-form',
      async submit(event) {
        event.preventDefault()
        const text = description.value.trim()
        if (text === '' || button.disabled) return
        // One press, one incident: a second would call the same people about it again.
        button.disabled = true
        const isOpen = await open(text)
        button.disabled = false
        if (isOpen) description.value = ''
      },
    },
    element(
      'label',
      { class: 'field' },
      element('span', {}, 'New incident, priority 1'),
      description,
    ),
    button,
  )
}
