import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { WebSocket } from 'ws'
import type { Change, ChangeDesk } from '../../../local/change.ts'
import { createTestClock } from '../../../local/clock.ts'
import {
  type Console,
  type ConsoleMessage,
  type ConsoleRequest,
  createConsole,
} from '../../../local/console/index.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio, type Twilio } from '../../../local/twilio/index.ts'

describe('createConsole', () => {
  let twilio: Twilio
  let page: Console
  let url = ''
  const decisions: string[] = []
  const change: Change = {
    files: ['infra/index.ts'],
    text: '\u001b[33m~ timeout: 8 => 4\u001b[39m',
    state: 'pending',
  }
  const changes: ChangeDesk = {
    current: () => change,
    apply: async () => void decisions.push('apply'),
    ignore: () => void decisions.push('ignore'),
    subscribe: () => () => {},
  }

  beforeEach(async () => {
    const clock = createTestClock()
    twilio = createTwilio({ clock, ...demoAccount })
    page = createConsole({ twilio, clock, account: demoAccount, changes, runId: 'run-1' })
    url = await page.listen(0)
  })
  afterEach(async () => {
    await page.close()
    twilio.close()
  })

  /** Connects, and collects what the centre says. */
  async function connect(headers: Record<string, string> = {}) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers })
    const messages: ConsoleMessage[] = []
    let heard = Promise.withResolvers<void>()
    socket.on('message', (data) => {
      messages.push(JSON.parse(String(data)))
      heard.resolve()
      heard = Promise.withResolvers()
    })
    const until = async <M extends ConsoleMessage>(
      wanted: (message: ConsoleMessage) => message is M,
    ) => {
      for (;;) {
        const found = messages.find(wanted)
        if (found) return found
        await heard.promise
      }
    }
    await once(socket, 'open')
    const ask = async (asked: Record<string, unknown> & { id: number }) => {
      socket.send(JSON.stringify(asked))
      return until(
        (message): message is Extract<ConsoleMessage, { kind: 'done' | 'refused' }> =>
          (message.kind === 'done' || message.kind === 'refused') && message.id === asked.id,
      )
    }
    return { socket, messages, until, ask }
  }
  const request_ = (asked: ConsoleRequest) => asked

  it('serves the page and its modules, types stripped, with a policy that lets nothing else run', async () => {
    const answer = await fetch(url)
    assert.match(answer.headers.get('content-security-policy') ?? '', /script-src 'self'/)
    const module = await fetch(`${url}/web/desk.ts`)
    assert.match(module.headers.get('content-type') ?? '', /javascript/)
    assert.doesNotMatch(await module.text(), /export type/)
  })

  it('answers 304 to a browser that has the file', async () => {
    const path = `${url}/web/desk.ts`
    const etag = (await fetch(path)).headers.get('etag') ?? ''
    assert.equal((await fetch(path, { headers: { 'if-none-match': etag } })).status, 304)
  })

  it('serves nothing outside the folders of the page', async () => {
    const paths = [
      '/package.json',
      '/local/main.ts',
      '/web/../package.json',
      '/web/%2e%2e/package.json',
    ]
    for (const path of [...paths, '/web/..%2fpackage.json', '/%', '/web']) {
      const { port } = new URL(url)
      const [answer] = await once(request({ port, path }).end(), 'response')
      assert.equal(answer.statusCode, 404, path)
      answer.resume()
    }
  })

  it('tells which run it belongs to', async () => {
    assert.equal(await (await fetch(`${url}/run`)).text(), 'run-1')
  })

  it('refuses a page of another origin', async () => {
    await assert.rejects(connect({ origin: 'https://evil.example' }), /403/)
  })

  it('refuses a foreign name for this machine', async () => {
    await assert.rejects(connect({ host: 'evil.example', origin: 'http://evil.example' }), /403/)
  })

  it('says which field of a request is wrong', async () => {
    const { socket, ask } = await connect()
    const answer = await ask({ id: 7, kind: 'call', from: '12', to: '+12025550100' })
    assert.equal(answer.kind, 'refused')
    assert.match('message' in answer ? answer.message : '', /from/)
    const unknown = await ask({ id: 8, kind: 'explode' })
    assert.match('message' in unknown ? unknown.message : '', /must be one of call, press/)
    socket.close()
  })

  it('shows the change that waits without the terminal’s colours, and passes the decision on', async () => {
    const { socket, until, ask } = await connect()
    const told = await until(
      (message): message is Extract<ConsoleMessage, { kind: 'change' }> =>
        message.kind === 'change',
    )
    assert.equal(told.change?.text, '~ timeout: 8 => 4')
    await ask(request_({ id: 1, kind: 'applyChange' }))
    assert.deepEqual(decisions, ['apply'])
    socket.close()
  })

  it('gives a phone back to itself when the page that attended it is closed', async () => {
    const attended = (address: string) => (message: ConsoleMessage) =>
      message.kind === 'state' && message.state.attended.includes(address)
    const watcher = await connect()
    const sitter = await connect()
    await sitter.ask(request_({ id: 1, kind: 'take', address: 'client:alice' }))
    const state = await watcher.until(
      (message): message is Extract<ConsoleMessage, { kind: 'state' }> =>
        attended('client:alice')(message),
    )
    sitter.socket.close()
    await watcher.until(
      (message): message is typeof state =>
        watcher.messages.indexOf(message) > watcher.messages.indexOf(state) &&
        message.kind === 'state' &&
        message.state.attended.length === 0,
    )
    watcher.socket.close()
  })
})
