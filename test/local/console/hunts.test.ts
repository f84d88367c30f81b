import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { type HuntingCentre, startHuntingCentre } from '../../support/hunting.ts'

describe('the page, of hunts', () => {
  let browser: Browser | undefined
  let hunting: HuntingCentre
  let page: Page
  let errors: readonly string[]

  before(async function () {
    browser = await launchBrowser()
    if (!browser) this.skip()
    hunting = await startHuntingCentre()
    await open()
  })
  after(async () => {
    await browser?.close()
    await hunting?.stop()
  })
  beforeEach(() => hunting.reset())
  afterEach(async () => {
    const { twilio } = hunting.centre
    for (const call of twilio.view().calls) {
      if (call.endedAt === null) twilio.phones.hangUp(call.sid)
    }
    await hunting.seconds(60)
    assert.deepEqual(errors, [], 'no script failed')
  })

  async function open(): Promise<void> {
    if (browser) ({ page, errors } = await openPage(browser, hunting.centre.consoleUrl))
    await page.getByText('Live', { exact: true }).waitFor()
  }
  const board = () => page.getByRole('region', { name: 'Hunts', exact: true })
  const card = (name: string) => board().getByRole('article', { name })
  const tier = (name: string, number: number) =>
    card(name)
      .getByRole('list', { name: 'Tiers' })
      .locator('> li')
      .nth(number - 1)
  const agent = (name: string, number: number, who: string) =>
    tier(name, number).getByRole('listitem').filter({ hasText: who })
  const start = (reason: string, ...tiers: string[][]) =>
    hunting.start({ reason, tiers: hunting.tiers(...tiers) })
  const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? null)

  it('says how to start a hunt while there is none', async () => {
    await board().getByText('npm run hunt').waitFor()
  })

  it('shows tier by tier who was asked, carried over and joined, and keeps the hunt when it is over', async () => {
    const { id } = await start('A renewal', ['alice', 'bob'], ['carmen', 'diego'])
    await card('A renewal').getByText('Asking tier 1 of 2').waitFor()
    await agent('A renewal', 1, 'alice').getByRole('button', { name: 'Reject' }).click()
    await agent('A renewal', 1, 'alice').getByText('Rejected').waitFor()
    await hunting.seconds(20)
    await card('A renewal').getByText('Asking tier 2 of 2').waitFor()
    await agent('A renewal', 1, 'bob').getByText('Silent').waitFor()
    await agent('A renewal', 1, 'bob').getByText('on to tier 2').waitFor()
    await agent('A renewal', 2, 'bob').getByText('from tier 1').waitFor()
    assert.equal(await agent('A renewal', 2, 'alice').count(), 0, 'who rejected is asked no more')
    assert.equal(await tier('A renewal', 2).getAttribute('aria-current'), 'step')

    await agent('A renewal', 2, 'carmen').getByRole('button', { name: 'Accept' }).click()
    await card('A renewal').getByText('carmen’s phone rings').waitFor()
    await hunting.seconds(1)
    await card('A renewal').getByText('carmen joined', { exact: true }).waitFor()
    await agent('A renewal', 2, 'diego').getByText('Withdrawn').waitFor()
    assert.equal((await hunting.show(id)).state, 'accepted')

    await card('A renewal').getByRole('button', { name: 'Timeline' }).click()
    const lines = card('A renewal').getByRole('list', { name: 'Timeline' }).getByRole('listitem')
    assert.match((await lines.allTextContents()).join('\n'), /carmen joins the conference/)

    await page.close()
    await open()
    await card('A renewal').getByText('carmen joined', { exact: true }).waitFor()
  })

  it('counts the running tier down, and stops while a phone rings', async () => {
    hunting.centre.twilio.phones.setProfile({ address: 'client:bob', outcome: 'let-ring' })
    const { id } = await start('A countdown', ['alice', 'bob'])
    await tier('A countdown', 1)
      .getByText(/^0:(20|19|18) left$/)
      .waitFor()
    await hunting.answer(id, 'bob', 'accept')
    await tier('A countdown', 1).getByText('paused').waitFor()
    assert.equal(await card('A countdown').getByRole('button', { name: 'Accept' }).count(), 0)
  })

  it('keeps the focus on an agent’s button while others answer, and gives it to the agent afterwards', async () => {
    const { id } = await start('By keyboard', ['alice', 'bob', 'carmen'])
    await agent('By keyboard', 1, 'bob').getByRole('button', { name: 'Accept' }).focus()
    await hunting.answer(id, 'alice', 'reject')
    await agent('By keyboard', 1, 'alice').getByText('Rejected').waitFor()
    assert.equal(await focused(), 'Accept: bob')
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Reject: bob')
    await page.keyboard.press('Enter')
    await agent('By keyboard', 1, 'bob').getByText('Rejected').waitFor()
    const text = await page.evaluate(() => document.activeElement?.textContent)
    assert.match(text ?? '', /^bob/)
  })

  it('offers the seat at the agent’s desk, too', async () => {
    await start('At a desk', ['diego'])
    const desk = page.getByRole('article', { name: 'diego', exact: true })
    await desk.getByText('Seat offered').waitFor()
    await desk.getByRole('button', { name: 'Accept' }).click()
    await desk.getByText('+12025550123 is calling').waitFor()
    await hunting.seconds(1)
    await desk.getByText('Talking with +12025550123').waitFor()
    await page.getByRole('region', { name: 'Queue' }).getByText('Nobody waits').waitFor()
  })

  it('cancels a hunt after a question, by keyboard alone', async () => {
    const { id } = await start('To be cancelled', ['alice', 'bob'])
    const button = (name: string) => card('To be cancelled').getByRole('button', { name })
    const focusedText = () => page.evaluate(() => document.activeElement?.textContent)
    await button('Cancel: To be cancelled').focus()
    await page.keyboard.press('Enter')
    await card('To be cancelled').getByRole('group', { name: 'Cancel To be cancelled?' }).waitFor()
    assert.equal(await focusedText(), 'Keep it', 'the same key twice cancels nothing')
    await page.keyboard.press('Escape')
    await button('Cancel: To be cancelled').waitFor()
    assert.equal(await focusedText(), 'Cancel this hunt')
    assert.equal((await hunting.show(id)).state, 'offering')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await card('To be cancelled').getByText('Cancelled', { exact: true }).waitFor()
    await card('To be cancelled').getByText('cancelled on the page').first().waitFor()
    assert.equal(await card('To be cancelled').getByText('Cancel this hunt').isVisible(), false)
    assert.equal(await focusedText(), 'To be cancelled', 'the focus stays with the hunt')
    assert.equal((await hunting.show(id)).state, 'cancelled')
    assert.deepEqual(hunting.offered(), [])
  })

  it('says how many more there are than it shows, and of which day an old one is', async () => {
    const crowded = await browser?.newPage()
    assert(crowded)
    await crowded.routeWebSocket('**/live', (socket) => {
      const centre = socket.connectToServer()
      centre.onMessage((text) => {
        const message = JSON.parse(String(text))
        const [hunt] = message.kind === 'hunts' ? message.hunts : []
        if (!hunt) return socket.send(text)
        const times = { createdAt: '2026-01-04T09:00:00Z', endedAt: '2026-01-04T09:01:00Z' }
        const old = { ...hunt, id: 'HU0', reason: 'An old one', state: 'cancelled', ...times }
        const state = { ...message, hunts: [hunt, old], unsent: 140 }
        socket.send(JSON.stringify(state))
      })
    })
    await crowded.goto(hunting.centre.consoleUrl)
    await start('One of many', ['alice'])
    await crowded.getByText('and 140 more, which started before these.').waitFor()
    const about = (name: string) =>
      crowded.getByRole('article', { name }).locator('.hunt-about').textContent()
    assert.match((await about('An old one')) ?? '', /started \d Jan, [\d:]+, ended \d Jan, [\d:]+$/)
    assert.doesNotMatch((await about('One of many')) ?? '', /Jan/)
    await crowded.close()
  })

  it('tells an agent who is too late that the seat is taken', async () => {
    const slow = await browser?.newPage()
    assert(slow)
    let hears = true
    await slow.routeWebSocket('**/live', (socket) => {
      const centre = socket.connectToServer()
      centre.onMessage((message) => {
        if (hears || !String(message).startsWith('{"kind":"hunts"')) socket.send(message)
      })
    })
    await slow.goto(hunting.centre.consoleUrl)
    const { id } = await start('Too late', ['alice', 'bob'])
    const late = slow.getByRole('article', { name: 'Too late' })
    await late.getByRole('button', { name: 'Accept: bob' }).waitFor()
    hears = false
    await hunting.answer(id, 'alice', 'accept')
    await late.getByRole('button', { name: 'Accept: bob' }).click()
    await slow.getByText('Somebody else has the seat already.').waitFor()
    await slow.close()
  })

  it('says what is new to a screen reader, and only that', async () => {
    await start('Said aloud', ['alice'], ['bob'])
    const said = board().locator('[aria-live="polite"]')
    await said.filter({ hasText: 'offered to alice' }).waitFor({ state: 'attached' })
    await hunting.seconds(20)
    await said.filter({ hasText: 'offered to alice and bob' }).waitFor({ state: 'attached' })
    assert.doesNotMatch((await said.textContent()) ?? '', /the hunt starts/)
  })

  it('folds all but the newest of those that are over, and shows a few of them', async () => {
    for (let i = 1; i <= 4; i++) {
      const { id } = await start(`Number ${i}`, ['alice'])
      await hunting.centre.backOffice('POST', `/hunts/${id}/cancel`, {})
      await hunting.seconds(1)
    }
    const title = (name: string) => board().getByRole('button', { name, exact: true })
    await title('Number 4').waitFor()
    await title('Number 1').waitFor({ state: 'detached' })
    assert.equal(await title('Number 4').getAttribute('aria-expanded'), 'true')
    assert.equal(await title('Number 3').getAttribute('aria-expanded'), 'false')
    await title('Number 3').click()
    await card('Number 3').getByText('cancelled by request').first().waitFor()
    await board()
      .getByRole('button', { name: /^Show \d+ more/ })
      .click()
    await title('Number 1').waitFor()
    await board().getByRole('button', { name: 'Show fewer' }).click()
  })

  it('needs no sideways scrolling, from the narrowest phone on', async () => {
    await start(
      'An opportunity_with_a_name_that_has_no_blanks_and_does_not_end',
      ['alice', 'bob'],
      ['carmen'],
    )
    await agent('An opportunity', 1, 'bob').getByRole('button', { name: 'Accept' }).waitFor()
    for (const width of [320, 390, 768, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      assert(needed <= width, `${needed} pixels at a width of ${width}`)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})
