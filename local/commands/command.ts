import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from '../failure.ts'

/** A command of `local/main.ts`. */
export type Command = {
  /** What `--help` prints. */
  readonly help: string
  /** Returns the exit code. */
  run(args: readonly string[]): Promise<number>
}

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; strict: true; allowPositionals: true }>
>

/** Parses a command's flags; throws a `UsageError` that names the wrong one. */
export function parseFlags<const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
  positionals = 0,
): Parsed<O> {
  let parsed: Parsed<O>
  try {
    parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true })
  } catch (error) {
    // Node's message names the flag in its first sentence and goes on about `--` after it.
    const [message = 'wrong flags'] = (error instanceof Error ? error.message : '').split('. ')
    throw new UsageError(command, message)
  }
  const surplus = parsed.positionals[positionals]
  if (surplus !== undefined) throw new UsageError(command, `Unexpected argument “${surplus}”`)
  return parsed
}

/** A flag that is a number within bounds, or undefined when it is absent. */
export function numberFlag(
  command: string,
  name: string,
  text: string | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < min || value > max) {
    throw new UsageError(command, `--${name} must be a number from ${min} to ${max}, not “${text}”`)
  }
  return value
}
