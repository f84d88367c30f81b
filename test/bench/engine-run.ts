import { createEngine } from '../../local/engine/index.ts'

// One operation in a process of its own, so that time and memory are those of a command.
// Arguments: project folder, state folder, operation.
const [, , projectDir = '', stateDir = '', operation] = process.argv
const engine = createEngine({ projectDir, stateDir, stack: 'bench', passphrase: 'bench' })
const result = await (operation === 'up'
  ? engine.up()
  : operation === 'refresh'
    ? engine.refresh()
    : engine.preview())
for (const { severity, message } of result.diagnostics) console.error(`${severity}: ${message}`)
if (operation === 'preview' && Object.keys(result.summary).join() !== 'same') {
  console.error(`a preview without changes found some: ${JSON.stringify(result.summary)}`)
  process.exitCode = 1
}
const drifted = result.steps.filter(
  ({ refreshed }) => refreshed !== undefined && refreshed !== 'same',
)
if (operation === 'refresh' && drifted.length > 0) {
  console.error(`a refresh of what nobody changed found ${drifted.length} changes`)
  process.exitCode = 1
}
if (!result.ok) process.exitCode = 1
