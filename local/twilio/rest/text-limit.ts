import { badRequest } from './refusal.ts'

/** The text itself, or a refusal when it has more characters than allowed. */
export function limitText(parameter: string, text: string, longest: number): string {
  if (text.length > longest) {
    throw badRequest(`${parameter} has ${text.length} characters; at most ${longest} are allowed`)
  }
  return text
}
