import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../../../local/failure.ts'
import { projectDir } from '../../../local/paths.ts'
import { readFlowSource } from '../../../local/studio/flow-source.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

describe('readFlowSource', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flows-'))
    symlinkSync(join(projectDir, 'studio-flows/builder'), join(folder, 'builder'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  const refused = (name: string, message: RegExp) =>
    assert.rejects(readFlowSource(name, folder), (error) => {
      assert.ok(error instanceof Failure)
      assert.match(error.message, message)
      return true
    })

  it('reads what is built and what is exported', async () => {
    write('day.json', JSON.stringify(greetingFlow()))
    assert.equal((await readFlowSource('day', folder)).kind, 'exported')
    const module = `import { flow } from './builder/index.ts'
      export const night = flow('night', { trigger: { on: {} }, widgets: {} })`
    write('night.ts', module)
    assert.equal((await readFlowSource('night', folder)).kind, 'built')
  })

  it('tells what may have been meant by a name, and what there is', async () => {
    write('incoming.json', '{}')
    write('.hidden.ts', '')
    await refused(
      'incomming',
      /no flow incomming in .*\n?Did you mean incoming\? There are: incoming$/,
    )
  })

  it('tells file and reason of what can’t be read, run or deployed', async () => {
    write('day.json', '{')
    await refused('day', /day\.json is not JSON: /)
    write('night.ts', "export const night = flow('night', {")
    await refused('night', /night\.ts can’t be run: /)
    write('other.ts', "export const day = 'nothing'")
    await refused('other', /other\.ts exports no flow called other/)
    write('wrong.json', JSON.stringify(greetingFlow({ one: 'biling' })))
    await refused('wrong', /wrong\.json is no flow:\n.*did you mean “billing”\?/)
  })
})
