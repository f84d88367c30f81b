import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { createConsole } from '../../../local/console/index.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { type LocalTwilio, startLocalTwilio } from '../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../support/webhook-target.ts'

const CUSTOMER = '+12025550123'

describe('the texts of the page', () => {
  let browser: Browser | undefined
  let local: LocalTwilio
  let target: WebhookTarget
  let page: Page
  let errors: readonly string[]
  let number: string
  let closeConsole: () => Promise<void>

  before(async function () {
    browser = await launchBrowser()
    if (!browser) this.skip()
  })
  after(() => browser?.close())
  beforeEach(async () => {
    if (!browser) return
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    const bought = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      smsUrl: `${target.origin}/sms`,
    })
    number = bought.phoneNumber
    const { twilio, clock } = local
    const shown = createConsole({ twilio, clock, account: demoAccount })
    closeConsole = shown.close
    ;({ page, errors } = await openPage(browser, await shown.listen(0)))
  })
  afterEach(async () => {
    assert.deepEqual(errors, [], 'no script failed')
    await page.close()
    await closeConsole()
    await local.close()
    await target.close()
  })

  const texts = () => page.getByRole('region', { name: 'Texts' })
  const bubbles = () => texts().getByRole('listitem')
  const openTexts = async () => {
    await texts().getByText('Text the centre').click()
    await texts().getByText('No texts yet.').waitFor()
  }
  const write = async (body: string) => {
    await texts().getByLabel('Message').fill(body)
    await texts().getByLabel('Message').press('Enter')
    await bubbles().getByText(body, { exact: true }).waitFor()
  }

  it('go to a number of the centre, and its answers come back', async () => {
    target.reply = ({ form }) => ({ text: `You said <b>${form['Body']}</b>` })
    await openTexts()
    await write('Is my order late?')
    await local.clock.advance(2_000)
    await bubbles().getByText('You said <b>Is my order late?</b>').waitFor()
    assert.deepEqual(
      [target.delivered[0]?.form['From'], target.delivered[0]?.form['To']],
      [CUSTOMER, number],
    )
    assert.equal(await texts().getByLabel('Message').inputValue(), '')
    assert.equal(await bubbles().count(), 2)
    assert.equal(await bubbles().nth(0).getAttribute('data-mine'), '')
    assert.match((await bubbles().nth(1).textContent()) ?? '', new RegExp(`from \\${number}`))
  })

  it('are those of the phone in the form, also what the centre writes first', async () => {
    await openTexts()
    await local.client.messages.create({ from: number, to: CUSTOMER, body: 'We are open again' })
    await local.clock.advance(2_000)
    await bubbles().getByText('We are open again').waitFor()
    await texts().getByLabel('From').fill('+12025550199')
    await texts().getByText('No texts yet.').waitFor()
    await write('Who is there?')
    assert.equal(await bubbles().count(), 1)
    await texts().getByLabel('From').fill(CUSTOMER)
    await bubbles().getByText('We are open again').waitFor()
  })

  it('need no sideways scrolling, whatever is written', async () => {
    await openTexts()
    await write('https://example.com/'.repeat(20))
    for (const width of [320, 390, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      assert(needed <= width, `${needed} pixels at a width of ${width}`)
    }
  })
})
