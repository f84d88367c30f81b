import type { CentreSettings } from '../../schemas/index.ts'

/** One of the languages that the centre speaks. */
export type Language = CentreSettings['languages'][number]

/** The language of that code, or the default one. */
export function languageOf(centre: CentreSettings, code: string | null): Language {
  const { languages, defaultLanguage } = centre
  const found =
    languages.find((language) => language.code === code) ??
    languages.find((language) => language.code === defaultLanguage)
  if (!found) throw new Error(`The default language ${defaultLanguage} is not configured`)
  return found
}

/** The language that a key of the menu chooses; undefined when the menu does not offer that key. */
export function languageForDigit(centre: CentreSettings, digits: string): Language | undefined {
  return centre.languages.find(({ digit }) => digit !== undefined && digit === digits)
}
