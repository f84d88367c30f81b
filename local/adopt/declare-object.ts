import type { Survey } from '../engine/index.ts'
import { collect } from './collect.ts'
import { readIgnoreList } from './ignore-list.ts'
import { writeProgram } from './program/write-program.ts'

/** An object, and what a program is to call it. */
export type NamedObject = { readonly type: string; readonly id: string; readonly called: string }

/** The declaration of one object, which goes into a program that imports it. What it refers to is looked up by name. */
export async function declareObject(
  survey: Survey,
  object: NamedObject,
  project: string,
): Promise<string> {
  const { items } = await collect(survey, {
    all: true,
    ignoreList: readIgnoreList('', ''),
    recorded: survey.resources,
    only: object,
  })
  const accountSid = String(survey.configuration['accountSid'] ?? '')
  const { files } = writeProgram(items, { accountSid, project })
  return (files.get('index.ts') ?? '').replace(/^(\/\/.*\n)+\n/, '')
}
