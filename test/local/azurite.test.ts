import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BlobServiceClient } from '@azure/storage-blob'
import { AzuriteFailed, startAzurite } from '../../local/azurite.ts'

describe('startAzurite', () => {
  it('keeps what it holds in its folder, over a restart, and names the port that is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'azurite-'))
    const first = await startAzurite({ folder })
    const write = BlobServiceClient.fromConnectionString(first.connectionString)
    await write.getContainerClient('kept').create()
    await assert.rejects(startAzurite({ ports: { blobs: first.ports.blobs } }), (error) => {
      assert.ok(error instanceof AzuriteFailed)
      assert.match(error.message, new RegExp(`Port ${first.ports.blobs} is taken`))
      return true
    })
    await first.stop()
    const second = await startAzurite({ folder, ports: first.ports })
    const read = BlobServiceClient.fromConnectionString(second.connectionString)
    assert.equal(await read.getContainerClient('kept').exists(), true)
    await second.stop()
    await rm(folder, { recursive: true })
  })

  it('says how to go on where it cannot read what an earlier run left', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'azurite-'))
    await writeFile(join(folder, '__azurite_db_blob__.json'), '{"half')
    await assert.rejects(startAzurite({ folder }), {
      name: 'AzuriteFailed',
      code: 'azurite',
      message: /did not start: .*JSON[\s\S]*azurite-[\s\S]*npm start -- --fresh/,
    })
    await rm(folder, { recursive: true })
  })
})
