import type { Reading } from './readings.ts'
import { sentenceOf } from './sentences.ts'

/** Reads a property that holds a SID as the name of that object; `words` are what the object is here, “default activity”. */
export function nameReading(of: string, words: string): Reading {
  return {
    of,
    read: (sid, names) => names.nameOf(sid),
    tell: (changes) => changes.map((change) => sentenceOf({ ...change, keys: [words] })),
  }
}
