import type { HookContext, LiveWork } from '../description/description.ts'
import type { Answer } from '../requests/client.ts'
import { unlessGone } from '../requests/late-reads.ts'

const host = 'studio.twilio.com'

/** The executions of a flow that are under way: calls and conversations that ask it what comes next. */
export async function countExecutions(context: HookContext): Promise<LiveWork | undefined> {
  const { length: count } = await liveExecutions(context)
  if (count === 0) return undefined
  return {
    count,
    words: `${count} ${count === 1 ? 'execution is' : 'executions are'} under way in it`,
    outlook: 'lasts',
  }
}

/** Ends them; their calls and conversations get no further step. */
export async function endExecutions(context: HookContext): Promise<void> {
  const { client, path } = context
  const live = await liveExecutions(context)
  await Promise.all(
    live.map(({ sid }) =>
      unlessGone(() =>
        client.send({
          method: 'POST',
          host,
          path: `${path}/Executions/${String(sid)}`,
          parameters: { Status: 'ended' },
        }),
      ),
    ),
  )
}

async function liveExecutions({ client, path }: HookContext): Promise<readonly Answer[]> {
  // The documents write this parameter small; where it says nothing, the rows do.
  const parameters = { status: 'active', PageSize: 1000 }
  const rows = await client.list({ host, path: `${path}/Executions`, parameters }, 'executions')
  return rows.filter(({ status }) => status === 'active')
}
