import assert from 'node:assert/strict'
import { BlobServiceClient } from '@azure/storage-blob'
import { createTestClock } from '../../../local/clock.ts'
import { createFunctionsHost } from '../../../local/host/index.ts'
import { archivedEvent } from '../../../schemas/index.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'
import { appEnvironment, sids } from '../../support/centre-settings.ts'
import { createQuietLog } from '../../support/quiet-log.ts'
import { createWebhookSender } from '../../support/webhook-sender.ts'

describe('callStatus', () => {
  it('archives each step of a call and of a conference once, by the time that Twilio tells', async () => {
    const clock = createTestClock()
    const environment = appEnvironment({
      AzureWebJobsStorage: await azuriteConnection(),
      STORE_PREFIX: uniquePrefix(),
    })
    const host = await createFunctionsHost({ environment, clock, log: createQuietLog() })
    const { post } = createWebhookSender(host.origin)
    const at = { Timestamp: 'Mon, 05 Jan 2026 08:59:59 +0000' }
    const ringing = { ...at, CallSid: sids.call, CallStatus: 'ringing', SequenceNumber: '1' }
    const joined = {
      ...at,
      ConferenceSid: `CF${'1'.repeat(32)}`,
      CallSid: sids.call,
      StatusCallbackEvent: 'participant-join',
      SequenceNumber: '1',
    }
    for (const event of [ringing, joined, ringing]) {
      assert.equal((await post('/call-status', event)).status, 204)
      await clock.advance(1_000)
    }
    const container = BlobServiceClient.fromConnectionString(
      environment['AzureWebJobsStorage'] ?? '',
    ).getContainerClient(`${environment['STORE_PREFIX']}raw`)
    const paths = []
    for await (const { name } of container.listBlobsFlat()) paths.push(name)
    assert.deepEqual(paths, [
      `voice/2026/01/05/08/${sids.call}-1-ringing.json`,
      `voice/2026/01/05/08/${joined.ConferenceSid}-1-participant-join.json`,
    ])
    const blob = await container.getBlobClient(paths[0] ?? '').downloadToBuffer()
    const { body, headers } = archivedEvent.parse(JSON.parse(blob.toString()))
    assert.equal(body, new URLSearchParams(ringing).toString())
    assert.match(headers['content-type'] ?? '', /x-www-form-urlencoded/)
    await host.close()
  })
})
