import { callCommand } from './call.ts'
import type { Command } from './command.ts'
import { pulumiCommand } from './pulumi.ts'

export type { Command } from './command.ts'

/** Every command, in the order in which a newcomer meets them. */
export const commands: readonly Command[] = [callCommand, pulumiCommand]
