import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { StackLocked } from '../../../../local/engine/index.ts'
import { acquireLock } from '../../../../local/engine/state/lock.ts'

describe('acquireLock', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const holder = (parts: object) =>
    JSON.stringify({ pid: 1, username: 'u', hostname: hostname(), timestamp: 't', ...parts })

  it('lets one in at a time, and the next after it', () => {
    const lock = acquireLock(folder)
    assert.throws(() => acquireLock(folder), StackLocked)
    lock.release()
    assert.equal(readdirSync(folder).length, 0)
    acquireLock(folder).release()
  })

  it('names the holder and its file', () => {
    const file = join(folder, 'x.json')
    writeFileSync(file, holder({ hostname: 'elsewhere', username: 'someone' }))
    assert.throws(
      () => acquireLock(folder),
      (error: unknown) =>
        error instanceof StackLocked &&
        error.message.includes('currently locked by 1 lock(s)') &&
        error.message.includes(file) &&
        error.message.includes('someone@elsewhere'),
    )
  })

  it('puts away the lock of a process of this machine that no longer runs', () => {
    writeFileSync(join(folder, 'x.json'), holder({ pid: 2 ** 22 + 1 }))
    const lock = acquireLock(folder)
    assert.match(lock.stale[0] ?? '', /stale lock .* no longer runs/)
    lock.release()
  })
})
