import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { demoServiceNow } from '../../../local/demo-account.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { startCentre, type TestCentre } from '../../support/centre.ts'

const roster = ['+12025550141', '+12025550142', '+12025550143', '+12025550144']

describe('the page, of incidents', () => {
  let browser: Browser | undefined
  let centre: TestCentre
  let page: Page
  let errors: readonly string[]
  let isShownWithoutStack: boolean

  before(async function () {
    browser = await launchBrowser()
    if (!browser) this.skip()
    centre = await startCentre({ deploy: false })
    ;({ page, errors } = await openPage(browser, centre.consoleUrl))
    await page.getByText('Live', { exact: true }).waitFor()
    isShownWithoutStack = await board().isVisible()
    await centre.deploy()
  })
  after(async () => {
    await browser?.close()
    await centre?.stop()
  })
  beforeEach(() => {
    centre.serviceNow.setFaults({})
    for (const address of roster) {
      centre.twilio.phones.setProfile({ address, outcome: 'let-ring' })
    }
  })
  afterEach(async () => {
    for (const call of centre.twilio.view().calls) {
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    }
    await seconds(600)
    assert.deepEqual(errors, [], 'no script failed')
  })

  const seconds = (count: number) => centre.clock.advance(count * 1_000)
  const board = () => page.getByRole('region', { name: 'Incidents', exact: true })
  const card = (name: string) => board().getByRole('article', { name })
  const call = (name: string, who: string) =>
    card(name).getByRole('list', { name: 'Calls' }).getByRole('listitem').filter({ hasText: who })
  /** Opens an incident by the form; the first on the roster is called. */
  async function open(description: string): Promise<void> {
    await board().getByLabel('New incident, priority 1').fill(description)
    await page.keyboard.press('Enter')
    await card(description).waitFor()
    await seconds(2)
  }
  const button = (name: string, label: string) => card(name).getByRole('button', { name: label })

  const log = () => page.getByRole('region', { name: 'What happens' })
  // Time passes only once the centre has heard of a click: the button goes, or the key is in the log.
  async function click(name: string, label: string): Promise<void> {
    await button(name, label).click()
    await button(name, label).waitFor({ state: 'hidden' })
  }
  async function press(name: string, key: string): Promise<void> {
    await card(name)
      .getByRole('button', { name: new RegExp(`^${key} `) })
      .click()
    await log().getByText(`pressed ${key}`).first().waitFor()
  }

  it('appears once the stack hunts for somebody', async () => {
    assert.equal(isShownWithoutStack, false)
    await board().waitFor()
  })

  it('says in a line how to open one while there is none', async () => {
    await board().getByText('npm run incident').waitFor()
    assert.equal(await board().getByRole('article').count(), 0)
  })

  it('opens an incident, passes it on by key 2 and accepts it by key 1, each at the phone that is called', async () => {
    await open('Mail & web are down')
    const name = 'Mail & web are down'
    await card(name).getByText('Alice’s phone rings').waitFor()
    await card(name).getByText('Priority 1 - Critical · New').waitFor()
    await click(name, 'Pick up: Alice’s phone')
    await seconds(4)
    await press(name, '2')
    await seconds(5)
    await call(name, 'Alice').getByText('Passed on').waitFor()
    await card(name).getByText('Bob’s phone rings').waitFor()
    await call(name, 'Bob').getByText('Is called').waitFor()
    await click(name, 'Pick up: Bob’s phone')
    await seconds(4)
    await press(name, '1')
    await seconds(10)
    await card(name).getByText('Accepted', { exact: true }).first().waitFor()
    await card(name).getByText('In Progress · assigned to bob').waitFor()
    await card(name).getByText('Bob has it').waitFor()

    await card(name).getByText('3 written').waitFor()
    await button(name, 'Notes').click()
    const notes = card(name).getByRole('list', { name: 'ServiceNow notes' })
    await notes.getByText('Your incident was accepted by Bob.').waitFor()
    await button(name, 'Timeline').click()
    await card(name).getByRole('list', { name: 'Timeline' }).getByText('Alice is called').waitFor()
  })

  it('lets a phone do what it does by itself again once the call is over', async () => {
    centre.twilio.phones.setProfile({ address: roster[0] ?? '', outcome: 'busy', afterSeconds: 30 })
    await open('Borrowed')
    await click('Borrowed', 'Pick up: Alice’s phone')
    await seconds(4)
    await click('Borrowed', 'Hang up: Alice’s phone')
    await seconds(5)
    await call('Borrowed', 'Alice').getByText('Hung up').waitFor()
    await page.waitForFunction(() => !document.body.textContent?.includes('Alice’s phone'))
    await click('Borrowed', 'Resolve')
    await seconds(90)
    await open('Given back')
    await seconds(31)
    await call('Given back', 'Alice').getByText('Busy').waitFor()
  })

  it('stops the hunt when the incident is resolved', async () => {
    await open('A false alarm')
    await click('A false alarm', 'Resolve')
    await seconds(90)
    await card('A false alarm').getByText('Stopped', { exact: true }).waitFor()
    await card('A false alarm').getByText('Resolved').first().waitFor()
    assert.equal(await button('A false alarm', 'Resolve').count(), 0)
  })

  it('shows that notes are parked while ServiceNow is down, and says what it refuses', async () => {
    await open('Parked')
    centre.serviceNow.setFaults({ statuses: { 503: 1 } })
    await click('Parked', 'Decline: Alice’s phone')
    await seconds(20)
    await card('Parked').getByText('1 parked until ServiceNow is back').waitFor()
    await button('Parked', 'Resolve').click()
    await page.getByText('Could not resolve the incident: ServiceNow answered 503').waitFor()
  })

  it('tells screen readers what is new, and keeps the focus at the phone while the call changes', async () => {
    await open('By keyboard')
    const said = board().locator('[aria-live="polite"]')
    await said.filter({ hasText: 'Alice is called' }).waitFor({ state: 'attached' })
    await button('By keyboard', 'Pick up').focus()
    await page.keyboard.press('Enter')
    await seconds(1)
    await button('By keyboard', '1 Accept').waitFor()
    assert.equal(
      await page.evaluate(() => document.activeElement?.ariaLabel),
      '1 Accept: Alice’s phone',
    )
  })

  it('shows older incidents on demand, with the day of each, and resolves them', async () => {
    const { user, password } = demoServiceNow
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    const report = (short_description: string) =>
      fetch(`${centre.serviceNowUrl}/api/now/table/incident`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ short_description, impact: '3', urgency: '3' }),
      })
    await report('The oldest of all')
    await seconds(24 * 3_600)
    for (let i = 0; i < 25; i++) await report(`Of today ${i}`)
    await card('Of today 24').waitFor()
    const more = board().getByRole('button', { name: /more that are over/ })
    if (await more.isVisible()) await more.click()
    assert.equal(await card('The oldest of all').count(), 0)
    await board().getByRole('button', { name: 'Older incidents' }).click()
    await card('The oldest of all')
      .getByText(/opened \d+ \w+, /)
      .waitFor()
    await card('The oldest of all').getByRole('button', { name: 'The oldest of all' }).click()
    await button('The oldest of all', 'Resolve').click()
    await card('The oldest of all').getByText('Resolved').waitFor()
  })

  it('tells the figures of the last two weeks, drawn and as tables', async () => {
    await open('For the figures')
    await click('For the figures', 'Resolve')
    await seconds(90)
    const figures = board().getByRole('region', { name: 'The last two weeks' })
    await figures.getByRole('img', { name: /\d of \d accepted/ }).waitFor()
    await figures.getByText('By day, as a table (UTC)').click()
    const day = new Date(centre.clock.now()).toISOString().slice(0, 10)
    await figures.getByRole('row', { name: day }).waitFor()
    await figures.getByRole('row', { name: /^Alice \d/ }).waitFor()
  })

  it('needs no sideways scrolling, from the narrowest phone on', async () => {
    await open('An_incident_with_a_name_that_has_no_blanks_and_does_not_end_for_a_long_time')
    for (const width of [320, 390, 768, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      assert(needed <= width, `${needed} pixels at a width of ${width}`)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})
