import type { OpenChangeDesk } from '../change-desk.ts'
import { readKeys } from '../keys.ts'
import { watchProgram } from '../program-watch.ts'

/** Watches the program, prints the diff of each change, and applies it with a key where somebody can press one. */
export function offerChanges(
  changes: OpenChangeDesk,
  projectDir: string,
  input: NodeJS.ReadStream,
  print: (text: string) => void,
): { close(): void } {
  const keys = readKeys(input, {
    u: () => void changes.apply(),
    i: () => changes.ignore(),
  })
  const how = keys ? 'Press u to apply, i to ignore.' : 'Apply it on the page, or with: npm run up'
  let shown = ''
  const unsubscribe = changes.subscribe((change) => {
    const before = shown
    shown = change?.state ?? ''
    if (!change) {
      if (before === 'applying') print('Applied.\n')
      else if (before) print('No change waits any more.\n')
      return
    }
    switch (change.state) {
      case 'pending':
        print(`\n${change.files.join(', ')} changed:\n\n${change.text}\n\n${how}`)
        break
      case 'applying':
        print('Applying …')
        break
      case 'failed':
        print(`\n${change.files.join(', ')} changed:\n\n${change.text}\n\nMend it and save again.`)
        break
      default:
        throw new Error(`unknown state ${JSON.stringify(change.state satisfies never)}`)
    }
  })
  const watch = watchProgram(projectDir, 'local', (files) => void changes.saved(files))
  return {
    close() {
      watch.close()
      unsubscribe()
      keys?.close()
    },
  }
}
