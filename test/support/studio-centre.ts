import { startCentre, type TestCentre } from './centre.ts'
import { copyProject } from './project-copy.ts'

/** Starts a centre whose number `studio-flows/incoming.ts` answers. */
export async function startStudioCentre(): Promise<TestCentre> {
  const project = await copyProject()
  await project.edit(
    'Pulumi.local.yaml',
    '  switchboard:workers:',
    '  switchboard:ivr: studio\n  switchboard:workers:',
  )
  const centre = await startCentre({ projectDir: project.dir })
  return {
    ...centre,
    async stop() {
      await centre.stop()
      await project.remove()
    },
  }
}
