import type { CentreSettings } from '../schemas/index.ts'

/** What callers hear, in which languages, and which key chooses each. Silence leads to the default language. */
export const menu: Pick<CentreSettings, 'welcome' | 'defaultLanguage' | 'languages'> = {
  welcome: 'Thank you for calling.',
  defaultLanguage: 'en',
  languages: [
    {
      code: 'es',
      digit: '1',
      voiceLanguage: 'es-MX',
      prompt: 'Para español, oprima el uno.',
      waiting: 'Un momento, por favor. Le comunicamos con un agente.',
      apology: 'Lo sentimos, algo ha fallado. Por favor, llame más tarde.',
      voicemail: 'Todos nuestros agentes están ocupados. Deje su mensaje después del tono.',
    },
    {
      code: 'en',
      digit: '2',
      voiceLanguage: 'en-US',
      prompt: 'For English, press two, or hold.',
      waiting: 'One moment, please. We are connecting you with an agent.',
      apology: 'We are sorry, something went wrong. Please call again later.',
      voicemail: 'All our agents are busy. Please leave a message after the tone.',
    },
  ],
}

/** The same for flows: `${setting.welcome}`, `${setting.es.prompt}`, `${setting.es.voiceLanguage}`. */
export const menuSettings: Readonly<Record<string, string>> = {
  welcome: menu.welcome,
  ...Object.fromEntries(
    menu.languages.flatMap(({ code, prompt, voiceLanguage }) => [
      [`${code}.prompt`, prompt],
      [`${code}.voiceLanguage`, voiceLanguage],
    ]),
  ),
}
