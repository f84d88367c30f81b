import assert from 'node:assert/strict'
import { request } from 'node:http'
import { app } from '@azure/functions'
import { QueueServiceClient } from '@azure/storage-queue'
import { type LoadedApp, loadApp } from '../../../local/host/functions-core.ts'
import { type FunctionsHost, PortTaken, serveApp } from '../../../local/host/functions-host.ts'
import { azuriteConnection, uniquePrefix } from '../../support/azurite.ts'

describe('serveApp', () => {
  let loaded: LoadedApp
  let host: FunctionsHost
  let release: () => void = () => {}
  before(async () => {
    loaded = await loadApp(() => {
      app.http('echo', {
        methods: ['POST'],
        handler: async (asked) => ({
          status: 201,
          headers: {
            'x-tags': asked.query.getAll('tag').join(),
            'x-sent': asked.headers.get('x-sent') ?? '',
          },
          body: await asked.text(),
        }),
      })
      app.http('parts', {
        route: 'things/{id}/parts/{part}',
        handler: async ({ params }) => ({ jsonBody: { ...params } }),
      })
      app.http('nothing', { handler: () => ({ status: 204 }) })
      app.http('broken', {
        handler: () => {
          throw new Error('on purpose')
        },
      })
      app.http('slow', {
        handler: async () => {
          await new Promise<void>((resolve) => {
            release = resolve
          })
          return { body: 'done' }
        },
      })
    })
    host = await serveApp(loaded, { report: () => {} })
  })
  after(() => host.close())

  it('hands over the variable parts of a path', async () => {
    const response = await fetch(`${host.origin}/Things/a%20b/parts/7`)
    assert.deepEqual(await response.json(), { id: 'a b', part: '7' })
    assert.equal((await fetch(`${host.origin}/things/a/parts`)).status, 404)
    assert.equal((await fetch(`${host.origin}/things//parts/7`)).status, 404)
  })

  it('serves what the app registered: bodies, queries, headers', async () => {
    const response = await fetch(`${host.origin}/Echo?tag=a&tag=b`, {
      method: 'POST',
      headers: { 'x-sent': 'é' },
      body: 'naïve ☎',
    })
    assert.equal(response.status, 201)
    assert.equal(response.headers.get('x-tags'), 'a,b')
    assert.equal(await response.text(), 'naïve ☎')
    assert.equal((await fetch(`${host.origin}/nothing`)).status, 204)
    assert.deepEqual(host.functionNames, ['echo', 'parts', 'nothing', 'broken', 'slow'])
  })

  it('answers 404 to an unknown path or method, and 500 when a function throws', async () => {
    assert.equal((await fetch(`${host.origin}/unknown`)).status, 404)
    assert.equal((await fetch(`${host.origin}/echo`)).status, 404)
    const broken = await fetch(`${host.origin}/broken`)
    assert.equal(broken.status, 500)
    assert.equal(await broken.text(), '')
  })

  it('says which port is taken', async () => {
    await assert.rejects(serveApp(loaded, { port: host.port }), (error) => {
      assert.ok(error instanceof PortTaken)
      assert.match(error.message, new RegExp(`Port ${host.port} is taken`))
      return true
    })
  })

  it('waits for what is under way before it closes', async () => {
    const second = await serveApp(loaded)
    const answer = new Promise<number>((resolve) => {
      request(`${second.origin}/slow`, (response) => resolve(response.statusCode ?? 0)).end()
    })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const closing = second.close()
    release()
    await closing
    assert.equal(await answer, 200)
  })
})

describe('loadApp', () => {
  it('keeps the registrations of several apps apart', async () => {
    const [first, second] = await Promise.all([
      loadApp(() => app.http('one', { handler: () => ({}) })),
      loadApp(() => app.http('two', { handler: () => ({}) })),
    ])
    assert.deepEqual(
      [first, second].map(({ registrations }) =>
        registrations.map(({ metadata }) => metadata.name),
      ),
      [['one'], ['two']],
    )
  })

  it('refuses an app that registers nothing', async () => {
    await assert.rejects(
      loadApp(() => {}),
      /registered no function/,
    )
  })
})

describe('startQueuePoller', () => {
  it('brings messages in their time, and those that fail five times into the poison queue', async () => {
    const connection = await azuriteConnection()
    const queueName = `${uniquePrefix()}jobs`
    const got: unknown[] = []
    const loaded = await loadApp(() =>
      app.storageQueue('jobs', {
        queueName,
        connection: 'Storage',
        handler: (message, context) => {
          got.push([message, context.triggerMetadata?.['dequeueCount']])
          if (message === 'bad') throw new Error('on purpose')
        },
      }),
    )
    const service = QueueServiceClient.fromConnectionString(connection)
    const queue = service.getQueueClient(queueName)
    await queue.createIfNotExists()
    const send = (text: string, visibilityTimeout = 0) =>
      queue.sendMessage(Buffer.from(text).toString('base64'), { visibilityTimeout })
    await send('{"late":true}', 1)
    await send('{"early":true}')
    await send('bad')
    // Four tries are over already.
    for (let tries = 0; tries < 4; tries++) {
      const { receivedMessageItems } = await queue.receiveMessages({
        numberOfMessages: 3,
        visibilityTimeout: 1,
      })
      for (const { messageId, popReceipt } of receivedMessageItems) {
        await queue.updateMessage(messageId, popReceipt, undefined, 0)
      }
    }
    const host = await serveApp(loaded, { connections: { Storage: connection }, report: () => {} })
    const poison = service.getQueueClient(`${queueName}-poison`)
    while (got.length < 3) await new Promise((resolve) => setTimeout(resolve, 25))
    await host.close()
    assert.deepEqual(got.at(-1), [{ late: true }, 1])
    assert.ok(got.some((entry) => JSON.stringify(entry) === '["bad",5]'))
    const { receivedMessageItems } = await poison.receiveMessages()
    assert.equal(
      Buffer.from(receivedMessageItems[0]?.messageText ?? '', 'base64').toString(),
      'bad',
    )
    assert.equal((await queue.getProperties()).approximateMessagesCount, 0)
  })
})
