import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDir } from '../../local/paths.ts'

/** A copy of the project whose program a test may change. */
export type ProjectCopy = {
  readonly dir: string
  /** Replaces a text in a file of the program; throws when it is not there. */
  edit(file: string, from: string, to: string): Promise<void>
  remove(): Promise<void>
}

const copied = ['infra', 'Pulumi.yaml', 'Pulumi.local.yaml']
// What the program only reads stays where it is.
const linked = ['routing', 'schemas', 'studio-flows', 'provider', 'node_modules', 'package.json']

/** Copies the program and its configuration to a temporary folder. */
export async function copyProject(): Promise<ProjectCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'project-'))
  await Promise.all([
    ...copied.map((name) => cp(join(projectDir, name), join(dir, name), { recursive: true })),
    ...linked.map((name) => symlink(join(projectDir, name), join(dir, name))),
  ])
  return {
    dir,
    async edit(file, from, to) {
      const path = join(dir, file)
      const text = await readFile(path, 'utf8')
      if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`)
      await writeFile(path, text.replaceAll(from, to))
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}
