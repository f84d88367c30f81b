import type { Properties } from './wire.ts'

/** One resource as a program declares it: its inputs may refer to the SIDs of those before, by their names. */
export type Declaration = {
  readonly name: string
  readonly type: string
  program(sids: Readonly<Record<string, string>>): Properties
}
