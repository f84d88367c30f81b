import assert from 'node:assert/strict'
import type { Change } from '../../local/change.ts'
import { createChangeDesk } from '../../local/change-desk.ts'

describe('createChangeDesk', () => {
  const diff = async () => ({ text: '~ timeout: 8 → 4', changes: true })

  it('puts the diff of a saved file on the desk until it is applied', async () => {
    let applied = 0
    const desk = createChangeDesk({ preview: diff, apply: async () => void applied++ })
    const seen: (Change | null)[] = []
    desk.subscribe((change) => seen.push(change))
    await desk.saved(['infra/index.ts'])
    await desk.apply()
    assert.equal(applied, 1)
    assert.deepEqual(
      seen.map((change) => change?.state),
      ['pending', 'applying', undefined],
    )
    assert.deepEqual(seen[0]?.files, ['infra/index.ts'])
  })

  it('clears the desk when the change was taken back', async () => {
    let changes = true
    const desk = createChangeDesk({
      preview: async () => ({ text: '', changes }),
      apply: async () => {},
    })
    await desk.saved(['infra/index.ts'])
    changes = false
    await desk.saved(['infra/index.ts'])
    assert.equal(desk.current(), null)
  })

  it('shows why a broken program cannot be previewed, and does not apply it', async () => {
    let applied = 0
    const desk = createChangeDesk({
      preview: () => Promise.reject(new Error('unexpected “)” at position 12')),
      apply: async () => void applied++,
    })
    await desk.saved(['infra/index.ts'])
    await desk.apply()
    assert.equal(desk.current()?.state, 'failed')
    assert.match(desk.current()?.text ?? '', /position 12/)
    assert.equal(applied, 0)
  })

  it('looks once more at files that were saved during a preview', async () => {
    const releases: (() => void)[] = []
    const desk = createChangeDesk({
      async preview() {
        await new Promise<void>((release) => releases.push(release))
        return { text: `preview ${releases.length}`, changes: true }
      },
      apply: async () => {},
    })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const first = desk.saved(['a.ts'])
    await turn()
    await desk.saved(['b.ts'])
    releases[0]?.()
    await turn()
    releases[1]?.()
    await first
    assert.equal(desk.current()?.text, 'preview 2')
    assert.deepEqual(desk.current()?.files, ['a.ts', 'b.ts'])
  })

  it('forgets an ignored change', async () => {
    const desk = createChangeDesk({ preview: diff, apply: async () => {} })
    await desk.saved(['infra/index.ts'])
    desk.ignore()
    assert.equal(desk.current(), null)
  })
})
