// Stories in a browser, on a real daemon: MOZIPLUS_BIN names the binary, or BASE_URL a daemon that runs already.
import { defineConfig } from '@playwright/test'

const flags = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/daemon.ts',
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 }, // Patience of a busy machine; speed is measured elsewhere.
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    colorScheme: 'light',
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags },
    screenshot: 'only-on-failure',
  },
})
