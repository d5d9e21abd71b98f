// Takes the pictures of docs/screenshots, on a daemon of its own (MOZIPLUS_BIN, see showcase.mjs) or at BASE_URL.
import { fileURLToPath } from 'node:url'

import { chromium } from '@playwright/test'

import { openShowcase } from './showcase.mjs'

const wide = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const zh = { locale: 'zh-CN', colorScheme: 'dark' }
const reviewed = '/projects/sales/tasks/t-1'

const pictures = [
  { name: 'overview', path: '/' },
  { name: 'board', path: '/projects/sales' },
  { name: 'task', path: reviewed },
  { name: 'review', path: '/projects/almanac/tasks/t-2?tab=reviews' },
  { name: 'policies', path: '/policies?project=almanac&script=escalation' },
  { name: 'operations', path: '/operations' },
  { name: 'mail', path: '/mail?mail=1' },
  { name: 'spend', path: '/spend' },
  { name: 'agents-zh-dark', path: '/agents', ...zh },
  { name: 'task-zh-dark', path: `${reviewed}?tab=outputs`, ...zh },
  { name: 'phone-dark', path: '/', colorScheme: 'dark', viewport: phone },
]

async function take(browser, url, { name, path, ...look }) {
  const context = await browser.newContext({
    viewport: wide,
    locale: 'en-GB',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...look,
  })
  await context.addInitScript(() => localStorage.setItem('moziplus.toured', 'true'))
  const page = await context.newPage()
  await page.goto(url + path)
  await page.locator('main h1').first().waitFor()
  await page.waitForFunction(() => !globalThis.document.querySelector('[aria-busy=true]'))
  await page.waitForTimeout(800) // The colours of code come a moment after the code.
  await page.screenshot({
    path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)),
  })
  await context.close()
  console.log(name)
}

const showcase = process.env.BASE_URL
  ? { url: process.env.BASE_URL, close: () => undefined }
  : await openShowcase()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
})
try {
  for (const picture of pictures) await take(browser, showcase.url, picture)
} finally {
  await browser.close()
  await showcase.close()
}
