import { type CentreSettings, routes } from '../../schemas/index.ts'
import { element, say, type Verb } from '../twiml.ts'

/** How often a key that the menu does not offer repeats it, before the default language is taken. */
export const mostRepeats = 2

/**
 * The choice of a language by one key, prompts in each language. Silence goes on to the default language.
 * `repeat` counts the repetitions after wrong keys.
 */
export function menu({ languages }: CentreSettings, repeat: number): readonly Verb[] {
  const action = repeat === 0 ? routes.enqueueCall : `${routes.enqueueCall}?repeat=${repeat}`
  return [
    element(
      'Gather',
      // Without a key that ends the input, # is a wrong key as any other.
      { input: 'dtmf', numDigits: 1, finishOnKey: '', timeout: 5, action, method: 'POST' },
      ...languages.map(({ prompt, voiceLanguage }) => say(prompt, voiceLanguage)),
    ),
    element('Redirect', { method: 'POST' }, routes.enqueueCall),
  ]
}

/** Whether there is anything to choose. */
export function hasMenu({ languages }: CentreSettings): boolean {
  return languages.some(({ digit }) => digit !== undefined)
}
