import { type Browser, chromium, type Page } from 'playwright-core'
import { findBrowser } from './find-browser.ts'

const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** A headless Chromium for one test file, or undefined where none can run: such tests skip themselves. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = await findBrowser()
  if (!executablePath) return undefined
  // Chromium's sandbox does not work for root, as in many containers.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...flags, ...asRoot] })
}

/** Opens a page that fails the test on any error of its scripts. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { readonly width?: number; readonly height?: number; readonly dark?: boolean } = {},
): Promise<{ readonly page: Page; readonly errors: readonly string[] }> {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.setDefaultTimeout(20_000)
  await page.goto(url)
  return { page, errors }
}
