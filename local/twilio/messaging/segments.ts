// The basic alphabet of GSM 03.38, and what takes an escape before it.
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑܧ¿abcdefghijklmnopqrstuvwxyzäöñüà'
const EXTENDED = '^{}\\[~]|€\f'
const units = new Map([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENDED].map((character) => [character, 2] as const),
])

/** In how many messages a text travels: 160 characters of GSM-7 or 70 of UCS-2 fit in one, 153 or 67 in each of several. */
export function countSegments(text: string): number {
  let gsmUnits = 0
  for (const character of text) {
    const weight = units.get(character)
    if (weight === undefined) return parts(text.length, 70, 67)
    gsmUnits += weight
  }
  return parts(gsmUnits, 160, 153)
}

/** Whether a text needs no other characters than those of GSM-7. */
export function isGsm7(text: string): boolean {
  return Array.from(text).every((character) => units.has(character))
}

function parts(length: number, alone: number, each: number): number {
  return length <= alone ? 1 : Math.ceil(length / each)
}
