import { ResourceError } from '../errors.ts'
import type { Goal } from '../program/goal.ts'
import type { Diff } from '../provider/provider.ts'
import type { ResourceState } from '../state/resource-state.ts'
import type { Entry } from '../state/snapshot.ts'
import { noteDeletions } from './deletion-notes.ts'
import type { Planner } from './planner.ts'
import { findCondemned } from './replace-cascade.ts'
import { type Run, say } from './run.ts'
import type { Step } from './step.ts'

/** The steps that put a new object in the place of an old one. `planFresh` checks the goal as for a new resource. */
export async function replacementSteps(
  planner: Planner,
  goal: Goal,
  old: Entry,
  diff: Diff,
  planFresh: () => Promise<ResourceState>,
): Promise<readonly Step[]> {
  const { run } = planner
  const next = await planFresh()
  const { urn } = next
  const about = {
    urn,
    old,
    new: next,
    replaceKeys: diff.replaceKeys,
    diffKeys: diff.changedKeys,
    detailedDiff: diff.detailedDiff,
  }
  if (old.state.protect && next.protect) refuseProtected(run, urn)
  if (goal.importId) refuseImported(run, urn)
  planner.replaced.add(urn)
  const create: Step = { op: 'create-replacement', ...about }
  const replace: Step = { op: 'replace', ...about }
  // Its old object went in an earlier run that could not make the new one.
  if (old.state.pendingReplacement) return [replace, create]
  if (!(goal.deleteBeforeReplace ?? diff.deleteBeforeReplace)) {
    return [{ ...create, oldWaits: true }, replace]
  }
  const deletion = { op: 'delete-replaced', thenRecreated: true } as const
  return planner.exclusively(async () => {
    const condemned = await findCondemned(planner, old)
    for (const { entry, replaceKeys } of condemned) {
      if (entry.state.protect) refuseProtected(run, entry.state.urn, urn)
      planner.deletedEarly.set(entry.state.urn, replaceKeys)
    }
    if (run.preview) {
      const gone = [...condemned.map(({ entry }) => entry), old]
      await noteDeletions(
        run,
        gone.filter(({ state }) => !state.retainOnDelete),
      )
    }
    const dependents = condemned.toReversed().map(({ entry, replaceKeys }): Step => {
      const retained = entry.state.retainOnDelete
      return { ...deletion, urn: entry.state.urn, old: entry, replaceKeys, retained }
    })
    const retained = old.state.retainOnDelete
    return [...dependents, { ...about, ...deletion, new: undefined, retained }, replace, create]
  })
}

// A preview shows everything that is wrong; an update stops at the first.
function refuse(run: Run, urn: string, message: string): void {
  if (!run.preview) throw new ResourceError(urn, message)
  run.verdict.failed = true
  say(run, 'error', message, urn)
}

function refuseProtected(run: Run, urn: string, because?: string): void {
  const reason = because ? `as part of replacing "${because}" ` : ''
  refuse(
    run,
    urn,
    `unable to replace resource "${urn}"\n${reason}as it is currently marked for protection. To unprotect the resource, remove the \`protect\` flag from the resource in your Pulumi program and run \`pulumi up\``,
  )
}

function refuseImported(run: Run, urn: string): void {
  const message =
    'previously-imported resources that still specify an ID may not be replaced; please remove the `import` declaration from your program'
  if (run.preview) say(run, 'warning', message, urn)
  else throw new ResourceError(urn, message)
}
