import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { createTestClock } from '../../../local/clock.ts'
import { createConsole } from '../../../local/console/index.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { createTwilio } from '../../../local/twilio/index.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { startCentre, type TestCentre } from '../../support/centre.ts'
import { copyProject, type ProjectCopy } from '../../support/project-copy.ts'

const seconds = (count: number) => count * 1_000

describe('the page', () => {
  let browser: Browser | undefined
  let project: ProjectCopy
  let centre: TestCentre
  let page: Page
  let errors: readonly string[]

  before(async function () {
    browser = await launchBrowser()
    if (!browser) this.skip()
    project = await copyProject()
    centre = await startCentre({ projectDir: project.dir })
  })
  after(async () => {
    await browser?.close()
    await centre?.stop()
    await project?.remove()
  })
  beforeEach(() => open())
  afterEach(async () => {
    for (const call of centre?.twilio.view().calls ?? []) {
      if (call.endedAt === null) centre.twilio.phones.hangUp(call.sid)
    }
    // Wrap-ups end, and the desk of whoever let it ring is made available again.
    await centre?.clock.advance(seconds(120))
    for (const name of ['alice', 'carmen']) {
      await desk(name).getByRole('combobox').selectOption({ label: 'Available' })
      await desk(name).locator('.chip', { hasText: 'Available' }).waitFor()
    }
    assert.deepEqual(errors, [], 'no script failed')
    await page.close()
  })

  async function open(): Promise<void> {
    if (!browser) return
    ;({ page, errors } = await openPage(browser, centre.consoleUrl))
    await desk('alice').waitFor()
  }
  const desk = (name: string) => page.getByRole('article', { name })
  const phone = () => page.getByRole('region', { name: 'Caller' })
  const queue = () => page.getByRole('region', { name: 'Queue' })

  async function placeCall(): Promise<void> {
    await phone().getByRole('button', { name: 'Call', exact: true }).click()
    await phone().getByText('is on the line').waitFor()
    await centre.clock.settle()
  }

  it('shows a call that tier 1 lets ring and tier 2 answers, until it is over', async () => {
    await placeCall()
    await phone().getByRole('button', { name: '1', exact: true }).click()
    await queue().getByText('Tier 1 of 3 (first line) · Spanish, first line').waitFor()
    await desk('carmen').getByText('is calling').waitFor()
    await desk('carmen').getByRole('button', { name: 'Let it ring' }).click()
    await desk('carmen').getByText('rings on').waitFor()

    await centre.clock.advance(seconds(8))
    await queue().getByText('Tier 2 of 3 (everyone) · Spanish, everyone').waitFor()
    await desk('diego').getByRole('button', { name: 'Pick up' }).click()
    await desk('diego').getByText('Talking with +12025550123').waitFor()
    await queue().getByText('Answered').waitFor()

    await phone().getByRole('button', { name: 'Hang up' }).click()
    await phone().getByText('The call is over.').waitFor()
    await desk('diego').getByText('After-call work').waitFor()
    await centre.clock.advance(seconds(1))
    await desk('diego').getByRole('button', { name: 'End wrap-up' }).click()
    await queue().getByText('Nobody waits').waitFor()
    await desk('diego').locator('.chip', { hasText: 'Available' }).waitFor()
  })

  it('can be used with the keyboard alone', async () => {
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Skip to the queue')
    await phone().getByRole('button', { name: 'Call', exact: true }).focus()
    await page.keyboard.press('Enter')
    await phone().getByText('is on the line').waitFor()
    await centre.clock.settle()
    await page.keyboard.press('1')
    await desk('carmen').getByText('is calling').waitFor()
    await tabTo('Pick up: carmen')
    await page.keyboard.press('Enter')
    await desk('carmen').getByText('Talking with').waitFor()
    assert.equal(await focused(), 'Hang up: carmen', 'the focus stays where the call is')
    await page.keyboard.press('Enter')
    await desk('carmen').getByText('After-call work').waitFor()
  })

  it('announces a ringing phone once', async () => {
    await placeCall()
    await page.keyboard.press('1')
    await desk('carmen').getByRole('alert').getByText('carmen’s phone rings').waitFor()
  })

  it('types into a field without pressing keys of the phone', async () => {
    await placeCall()
    await phone().getByRole('button', { name: 'Place another call' }).click()
    await phone().getByLabel('Your number').fill('+12025550199')
    await phone().getByLabel('Your number').press('1')
    assert.equal(await phone().getByLabel('Your number').inputValue(), '+120255501991')
    assert(!centre.story.slice(-3).some((line) => line.includes('pressed 1')))
  })

  it('keeps the desk’s phone to itself while somebody is there', async () => {
    await desk('diego').getByRole('button', { name: 'Take this desk' }).click()
    await desk('diego').getByText('You are here').waitFor()
    await placeCall()
    await page.keyboard.press('1')
    await centre.clock.advance(seconds(8 + 5))
    assert.equal(centre.twilio.view().tasks[0]?.status, 'reserved', 'the phone waits for a person')
    await desk('diego').getByRole('button', { name: 'Decline' }).click()
    await queue().getByText('Tier').waitFor()
    await desk('diego').getByRole('button', { name: 'Leave this desk' }).click()
    await desk('diego').getByText('Nobody is here').waitFor()
  })

  it('shows what callers say about themselves as text, never as markup', async () => {
    const { workspaceSid, workflowSid } = await centre.engine.outputs()
    const workspace = centre.sdk.taskrouter.v1.workspaces(String(workspaceSid))
    const attributes = JSON.stringify({ from: '<img src=x onerror=alert(1)>' })
    const { sid } = await workspace.tasks.create({ attributes, workflowSid: String(workflowSid) })
    await queue().getByText('<img src=x onerror=alert(1)>').waitFor()
    assert.equal(await page.locator('.task img').count(), 0)
    await workspace.tasks(sid).update({ assignmentStatus: 'completed', reason: 'seen' })
    await centre.clock.settle()
  })

  it('offers the diff of a saved program, and applies it', async () => {
    await project.edit('infra/index.ts', 'Spanish, first line', 'Español, primera línea')
    await centre.changes.saved(['infra/index.ts'])
    const change = page.getByRole('region', { name: 'The program changed' })
    await change.getByText('Español, primera línea').waitFor()
    await change.getByRole('button', { name: 'Apply the change' }).click()
    await change.waitFor({ state: 'hidden' })
    await placeCall()
    await page.keyboard.press('1')
    await queue().getByText('Español, primera línea').waitFor()
  })

  it('shows a refusal to the person who caused it', async () => {
    await phone().getByLabel('Your number').fill('+1')
    await phone().getByRole('button', { name: 'Call', exact: true }).click()
    assert.equal(
      await phone()
        .getByLabel('Your number')
        .evaluate((field: HTMLInputElement) => field.validity.valid),
      false,
    )
  })

  it('needs no sideways scrolling, from the narrowest phone on', async () => {
    await placeCall()
    await page.keyboard.press('1')
    await desk('carmen').getByText('is calling').waitFor()
    for (const width of [320, 390, 768, 1024]) {
      await page.setViewportSize({ width, height: 800 })
      const needed = await page.evaluate(() => document.documentElement.scrollWidth)
      assert(needed <= width, `${needed} pixels at a width of ${width}`)
    }
  })

  async function focused(): Promise<string | null> {
    return page.evaluate(() => {
      const { activeElement } = document
      const text = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent
      return text?.trim().slice(0, 40) ?? null
    })
  }
  async function tabTo(label: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if ((await focused()) === label) return
      await page.keyboard.press('Tab')
    }
    assert.fail(`Tab never reaches “${label}”`)
  }
})

describe('the page, when the centre goes away', () => {
  it('says so, and comes back by itself', async function () {
    const browser = await launchBrowser()
    if (!browser) return this.skip()
    const clock = createTestClock()
    const twilio = createTwilio({ clock, ...demoAccount })
    const first = createConsole({ twilio, clock, account: demoAccount })
    const url = await first.listen(0)
    const { page } = await openPage(browser, url)
    await page.getByText('Live', { exact: true }).waitFor()
    await first.close()
    await page.getByText('Reconnecting').waitFor()
    const second = createConsole({ twilio, clock, account: demoAccount })
    await second.listen(Number(new URL(url).port))
    await page.getByText('Live', { exact: true }).waitFor()
    await browser.close()
    await second.close()
    twilio.close()
  })
})
