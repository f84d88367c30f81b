import { access } from 'node:fs/promises'

// A system browser is preferred; otherwise the one that npm brings for Linux.
const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Where a Chromium is; the one that npm brings is unpacked when it is first asked for. */
export async function findBrowser(): Promise<string | undefined> {
  const named = process.env['CHROME_PATH']
  for (const path of named ? [named] : systemBrowsers) {
    const exists = await access(path).then(
      () => true,
      () => false,
    )
    if (exists) return path
  }
  if (process.platform !== 'linux') return undefined
  const { default: bundled } = await import('@sparticuz/chromium')
  return bundled.executablePath()
}

/** Mocha calls this before its workers start: two of them must not unpack the same browser at the same moment. */
export async function mochaGlobalSetup(): Promise<void> {
  await findBrowser()
}
