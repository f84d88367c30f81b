import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'

/** Watches the sources of the program. */
export interface ProgramWatch {
  close(): void
}

// What the program is made of: its own folder and what it imports.
const folders = ['infra', 'routing', 'schemas', 'studio-flows']
// An editor writes a file in several steps, and a checkout many files at once.
const QUIET_MS = 150

/** Calls `onSaved` with the files that were saved, relative to the project, once it has been quiet for a moment. */
export function watchProgram(
  projectDir: string,
  stack: string,
  onSaved: (files: readonly string[]) => void,
): ProgramWatch {
  const saved = new Set<string>()
  const stackFiles = ['Pulumi.yaml', `Pulumi.${stack}.yaml`]
  let quiet: NodeJS.Timeout | undefined
  const note = (file: string) => {
    saved.add(file)
    clearTimeout(quiet)
    quiet = setTimeout(() => {
      const files = [...saved].sort()
      saved.clear()
      onSaved(files)
    }, QUIET_MS)
  }
  const watchers: FSWatcher[] = [
    watch(projectDir, (_event, name) => {
      if (name && stackFiles.includes(name)) note(name)
    }),
    ...folders.map((folder) =>
      watch(join(projectDir, folder), { recursive: true }, (_event, name) => {
        if (name && isSource(name)) note(join(folder, name))
      }),
    ),
  ]
  return {
    close() {
      clearTimeout(quiet)
      for (const watcher of watchers) watcher.close()
    },
  }
}

// Not the files that editors keep beside a file while it is open.
function isSource(name: string): boolean {
  return /(^|\/)[^./~][^/]*\.(ts|js|json|yaml|svg)$/.test(name)
}
