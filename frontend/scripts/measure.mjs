// Measures what a person feels, in Chromium on a running daemon: BASE_URL=http://127.0.0.1:8083 npm run measure
// Largest paint, shift of the layout and the slowest interaction with a processor four times slower; then how long a
// change takes from the server's clock to the screen. MEASURE_TASKS fills the project that it makes (default 10,000).
import { chromium } from '@playwright/test'

const base = process.env.BASE_URL ?? 'http://127.0.0.1:8083'
const count = Number(process.env.MEASURE_TASKS ?? 10_000)
const slowDown = 4
const rounds = 12
const limits = { lcp: 1500, interaction: 200, cls: 0.05, event: 300 }
const project = `measure-${Date.now().toString(36)}`

async function post(path, body) {
  const response = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function fill() {
  await post('/api/projects', { id: project, name: 'Measure' })
  const batch = 500
  for (let made = 0; made < count; made += batch)
    await post(`/api/projects/${project}/tasks/batch`, {
      tasks: Array.from({ length: Math.min(batch, count - made) }, (_, index) => ({
        title: `Task number ${made + index}`,
        priority: 1 + (index % 9),
      })),
    })
}

/** Runs in the page before anything else: keeps what the browser reports. */
function watch() {
  const seen = { lcp: 0, cls: 0, interaction: 0 }
  globalThis.measured = seen
  const on = (type, take, more = {}) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    })
  on('largest-contentful-paint', entry => (seen.lcp = entry.startTime))
  on('layout-shift', entry => entry.hadRecentInput || (seen.cls += entry.value))
  on(
    'event',
    entry => entry.interactionId && (seen.interaction = Math.max(seen.interaction, entry.duration)),
    {
      durationThreshold: 16,
    },
  )
}

async function open(browser, rate) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(watch)
  await page.addInitScript(() => localStorage.setItem('moziplus.toured', 'true'))
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return page
}

// Until nothing is loading any more, and a moment longer for what comes late.
const settle = async page => {
  await page.locator('main h1').first().waitFor()
  await page.waitForFunction(() => globalThis.measured.lcp > 0)
  await page.waitForTimeout(1500)
}
const read = page => page.evaluate(() => globalThis.measured)

async function visit(browser, path) {
  const page = await open(browser, slowDown)
  await page.goto(base + path)
  await settle(page)
  const { lcp, cls } = await read(page)
  await page.context().close()
  return { lcp, cls }
}

/** Goes about as a person does: pages, filters, scrolling, a dialog, the palette. */
async function interact(browser) {
  const page = await open(browser, slowDown)
  await page.goto(`${base}/projects/${project}`)
  await settle(page)
  const act = async (name, run) => {
    await page.evaluate(() => (globalThis.measured.interaction = 0))
    await run()
    await settle(page)
    return [name, (await read(page)).interaction]
  }
  const found = [
    await act('type into the filter', () => page.getByRole('searchbox').pressSequentially('number 99')),
    await act('clear it', () => page.getByRole('button', { name: 'Clear' }).click()),
    await act('open a card’s moves', async () => {
      await page.locator('[data-card]').first().focus()
      await page.keyboard.press('m')
    }),
    await act('close them', () => page.keyboard.press('Escape')),
    await act('new task', () => page.keyboard.press('c')),
    await act('close it', () => page.keyboard.press('Escape')),
    await act('palette', () => page.keyboard.press('Control+k')),
    await act('type into it', () => page.keyboard.type('task number 5')),
    await act('go to a task', async () => {
      await page
        .getByRole('option', { name: /Task number 5/ })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
    }),
    await act('go to the agents', () => page.locator('aside a[href="/agents"]').click()),
    await act('go to the board', () => page.locator(`aside a[href="/projects/${project}"]`).click()),
  ]
  const { cls } = await read(page)
  await page.context().close()
  return { found, cls }
}

/** From the server's time of a change to the moment at which the page shows it, in milliseconds. */
async function eventToScreen(browser, rate) {
  const page = await open(browser, rate)
  await page.goto(`${base}/projects/${project}`)
  await settle(page)
  const spans = []
  for (let round = 0; round < rounds; round++) {
    const title = `Seen at once ${rate} ${round}`
    const shown = page.evaluate(
      text =>
        new Promise(resolve => {
          const look = () => {
            if (!globalThis.document.body.textContent.includes(text))
              return globalThis.requestAnimationFrame(look)
            resolve(Date.now())
          }
          look()
        }),
      title,
    )
    const task = await post(`/api/projects/${project}/tasks`, { title, priority: 10 })
    spans.push((await shown) - new Date(task.created_at).getTime())
    await post(`/api/projects/${project}/tasks/${task.id}/cancel`, {})
    await page.waitForTimeout(400)
  }
  await page.context().close()
  return spans.sort((a, b) => a - b)
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
})
let over = false
const say = (what, value, limit, unit) => {
  const isOver = value > limit
  over ||= isOver
  const shown = unit === 'ms' ? `${Math.round(value)} ms` : value.toFixed(3)
  console.log(`${isOver ? 'OVER' : 'ok  '}  ${what.padEnd(52)} ${shown.padStart(9)}  (limit ${limit})`)
}
try {
  await fill()
  for (const path of ['/', `/projects/${project}`, '/agents', '/operations']) {
    const { lcp, cls } = await visit(browser, path)
    const name = path.replace(project, 'PROJECT')
    say(`largest paint of ${name}, ${slowDown}x slower`, lcp, limits.lcp, 'ms')
    say(`layout shift of ${name}`, cls, limits.cls, '')
  }
  const { found, cls } = await interact(browser)
  for (const [name, ms] of found)
    say(`${name}, ${slowDown}x slower, ${count} tasks`, ms, limits.interaction, 'ms')
  say('layout shift meanwhile', cls, limits.cls, '')
  for (const rate of [1, slowDown]) {
    const spans = await eventToScreen(browser, rate)
    const at = share => spans[Math.min(spans.length - 1, Math.floor(spans.length * share))]
    const speed = rate === 1 ? 'full speed' : `${rate}x slower`
    say(`event to screen, median, ${speed}`, at(0.5), limits.event, 'ms')
    say(`event to screen, slowest of ${rounds}, ${speed}`, at(1), limits.event, 'ms')
  }
} finally {
  await browser.close()
  await post(`/api/projects/${project}/archive`, {}).catch(() => undefined)
}
process.exitCode = over ? 1 : 0
