import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findRun, NotRunning, type Run, requireRun, writeRun } from '../../local/run-file.ts'

describe('findRun', () => {
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'run-file-'))
    path = join(folder, 'run.json')
  })
  afterEach(() => rm(folder, { recursive: true }))

  const run = (consoleUrl: string): Run => ({
    pid: process.pid,
    runId: 'run-1',
    startedAt: '2026-01-05T09:00:00Z',
    consoleUrl,
    twilioUrl: 'http://127.0.0.1:1',
    functionsUrl: 'http://127.0.0.1:1',
    serviceNowUrl: 'http://127.0.0.1:1',
    backOfficeKey: 'key-1',
    config: {},
  })

  async function consoleOf(runId: string) {
    const server = createServer((_request, response) => response.end(runId)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
  }

  it('finds the centre that answers with the same run', async () => {
    const console_ = await consoleOf('run-1')
    await writeRun(path, run(console_.url))
    assert.equal((await findRun(path))?.consoleUrl, console_.url)
    console_.close()
  })

  it('takes no notice of a file that a killed run left behind', async () => {
    await writeRun(path, run('http://127.0.0.1:1'))
    assert.equal(await findRun(path), undefined)
  })

  it('takes no notice of a file whose port belongs to another run now', async () => {
    const console_ = await consoleOf('run-2')
    await writeRun(path, run(console_.url))
    assert.equal(await findRun(path), undefined)
    console_.close()
  })

  it('takes no notice of a damaged file', async () => {
    await writeFile(path, '{"pid":')
    assert.equal(await findRun(path), undefined)
  })

  it('says how to start a centre when none runs', async () => {
    await assert.rejects(requireRun(path), (error) => {
      assert(error instanceof NotRunning)
      assert.match(error.message, /npm start/)
      return true
    })
  })
})
