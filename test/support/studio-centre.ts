import { startCentre, type TestCentre } from './centre.ts'
import { copyProject } from './project-copy.ts'

/** Starts a centre whose number `studio-flows/incoming.ts` answers; with more lines of its stack file. */
export async function startStudioCentre(...lines: readonly string[]): Promise<TestCentre> {
  const project = await copyProject()
  await project.edit(
    'Pulumi.local.yaml',
    '  switchboard:workers:',
    ['switchboard:ivr: studio', ...lines, 'switchboard:workers:']
      .map((line) => `  ${line}`)
      .join('\n'),
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
