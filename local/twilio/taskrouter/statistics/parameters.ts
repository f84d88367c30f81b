import { badRequest } from '../../rest/refusal.ts'
import type { Call } from '../../rest/route.ts'
import { findTaskChannel } from '../task-channels.ts'
import type { Workspace } from '../workspace.ts'
import type { Scope } from './scope.ts'

/** `TaskChannel`: a SID or unique name; one that does not exist counts nothing. */
export function readChannel({ query }: Call, workspace: Workspace): Pick<Scope, 'taskChannelSid'> {
  const channel = query.text('TaskChannel')
  if (!channel) return {}
  return { taskChannelSid: findTaskChannel(workspace, channel)?.sid ?? channel }
}

/** `SplitByWaitTime`: seconds, comma-separated. */
export function readThresholds({ query }: Call): readonly number[] {
  const text = query.text('SplitByWaitTime')
  if (!text) return []
  return text.split(',').map((part) => {
    const seconds = Number(part)
    if (!/^\s*\d+\s*$/.test(part)) {
      throw badRequest(`SplitByWaitTime '${text}' must be whole seconds, comma-separated`)
    }
    return seconds
  })
}
