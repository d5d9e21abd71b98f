// A daemon with something to look at: the example project after its run, and two offices in the middle of their work,
// one of them Chinese. `MOZIPLUS_BIN=… node scripts/showcase.mjs` keeps it until Ctrl-C; screenshots.mjs takes pictures.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const example = fileURLToPath(new URL('../../examples/almanac', import.meta.url))
const patienceMs = 600_000
const lookMs = 500

// Beside those of the example: two that print as long as somebody looks, and some that nobody can start.
const printing = `  printer: {kind: command, argv: ["bash", "{root}/agents/printer.sh"], prompt: file}\n`
const people = `
  zhangfei-dev: {role: executor, capabilities: [code], runner: printer}
  coder: {role: executor, capabilities: [code], runner: printer, max_concurrent: 2}
  guanyu-dev: {role: executor, capabilities: [figures]}
  pangtong-critic: {role: reviewer, can_review: true}
  zhugeliang: {role: coordinator}
`
const printer = `for part in $(seq 1 400); do
  echo "part $part: 128 rows compared, 0 differ"
  sleep 2
done
`
const orders =
  'order,amount,booked\n10237,1240.00,yes\n10238,86.50,yes\n10239,19400.00,yes\n10240,310.20,no\n'

async function until(what, isSo) {
  const deadline = Date.now() + patienceMs
  while (!(await isSo().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await new Promise(resolve => setTimeout(resolve, lookMs))
  }
}

const freePort = () =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

function makeRoot() {
  const root = mkdtempSync(join(tmpdir(), 'moziplus-showcase-'))
  for (const folder of ['config', 'agents']) mkdirSync(join(root, folder))
  const agents = readFileSync(join(example, 'agents.yaml'), 'utf8').replace(
    '\nagents:\n',
    `${printing}\nagents:\n`,
  )
  writeFileSync(join(root, 'config/agents.yaml'), agents + people)
  writeFileSync(join(root, 'agents/printer.sh'), printer)
  return root
}

/** Calls of the API of one daemon. */
class Daemon {
  constructor(url) {
    this.url = url
  }

  async get(path) {
    return (await fetch(this.url + path)).json()
  }

  async post(path, body, token) {
    const headers = { 'content-type': 'application/json', ...(token && { 'X-Moziplus-Token': token }) }
    const response = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }

  /** A project, and what is done in it. */
  async project(id, name, agents) {
    await this.post('/api/projects', { id, name, agents })
    const tasks = `/api/projects/${id}/tasks`
    const act = (task, verb, body, token) => this.post(`${tasks}/${task}/${verb}`, body, token)
    return {
      act,
      task: async (title, more = {}) => (await this.post(tasks, { title, ...more })).id,
      begin: async (task, agent) => {
        const { token } = await act(task, 'claim', { agent })
        await act(task, 'start', { agent }, token)
        return token
      },
    }
  }
}

/** An order is reconciled in two rounds, as far as the second look of its reviewers. */
async function review({ act, task, begin }) {
  const id = await task('Reconcile the May orders with the bank statement', {
    assignee: 'guanyu-dev',
    priority: 9,
    risk_level: 'high',
    description:
      'Every order above **€ 10 000** has to be matched.\n\n- Source: `orders-2026-05.csv`\n- Statement: `bank-05.csv`',
    must_haves: {
      truths: ['Each order has exactly one booking', 'The difference is zero'],
      artifacts: ['outputs/matches.csv'],
    },
  })
  const agent = 'guanyu-dev'
  const token = await begin(id, agent)
  const output = (title, output_type, text, by = token) =>
    act(id, 'outputs', { agent, title, output_type, text }, by)
  await output('matches.csv', 'data', orders)
  await output(
    'notes.md',
    'document',
    '# Method\n\nOrders are matched by **amount and day**.\n\n10240 is open.\n',
  )
  await act(id, 'comments', {
    author: agent,
    body: 'Order 10240 has no booking yet. @pangtong-critic, does a promise of the customer count?',
    comment_type: 'question',
    mentions: ['pangtong-critic'],
  })
  await act(id, 'complete', { agent, summary: 'Three of four matched; 10240 waits for the customer.' }, token)
  const { issues } = await act(id, 'reviews', {
    reviewer: 'pangtong-critic',
    verdict: 'needs_revision',
    confidence: 0.86,
    issues: [
      { severity: 'major', text: 'Order 10240 is neither matched nor explained in the file.' },
      {
        severity: 'minor',
        text: 'The notes do not say which day counts: that of the order or of the booking.',
      },
    ],
  })
  await act(id, 'rebuttals', {
    author: agent,
    answers: [
      {
        issue_id: issues[0].id,
        stance: 'REJECT',
        reason: 'It is explained in the notes, and the customer has promised to pay.',
      },
      { issue_id: issues[1].id, stance: 'ACCEPT', reason: 'The day of the booking; the notes say so now.' },
    ],
  })
  return id
}

async function sales(daemon) {
  const agents = ['zhangfei-dev', 'guanyu-dev', 'pangtong-critic', 'zhugeliang']
  const office = await daemon.project('sales', 'Sales reports', agents)
  const { act, task, begin } = office
  const reconciled = await review(office)
  await task('Draft the board summary', { depends_on: [reconciled], assignee: 'guanyu-dev' })
  const drop = await task('Explain the drop in returns', { assignee: 'guanyu-dev', priority: 8 })
  await act(drop, 'escalate', { reason: 'Two sources disagree about March: 412 or 421 returns' })
  const load = await task('Load the warehouse export', { assignee: 'guanyu-dev' })
  const token = await begin(load, 'guanyu-dev')
  await act(load, 'fail', { reason: 'The export is encrypted and nobody has the key' }, token)
  const archive = await task('Archive the figures of 2024', {
    assignee: 'guanyu-dev',
    risk_level: 'low',
    priority: 3,
  })
  const archiving = await begin(archive, 'guanyu-dev')
  await act(
    archive,
    'outputs',
    { agent: 'guanyu-dev', title: 'list.md', output_type: 'document', text: '# 214 files\n' },
    archiving,
  )
  await act(archive, 'complete', { agent: 'guanyu-dev', summary: '214 files, all readable.' }, archiving)
  const doubles = await task('Find duplicate customers', { assignee: 'guanyu-dev' })
  await act(doubles, 'pause', { reason: 'Waits for the new customer numbers' })
  const clean = await task('Clean up old price lists', { assignee: 'guanyu-dev' })
  await daemon.post('/api/projects/sales/checkpoints', {
    task: clean,
    question: 'May price lists older than five years be deleted?',
    options: ['Yes', 'Keep them'],
  })
  await task('Check currency conversions', { assignee: 'zhangfei-dev', priority: 7 })
  for (const [title, priority] of [
    ['Ask finance for the new rates', 6],
    ['Chart of weekly orders', 6],
    ['Compare with last year', 5],
    ['Translate the summary', 5],
    ['Compute margins by region', 4],
    ['Write the method section', 3],
  ])
    await task(title, { priority, assignee: 'guanyu-dev' })
  for (const [from, subject, body] of [
    ['zhugeliang', 'Which rates for Q2?', 'The bank and the ERP differ by **0.4 %**. Which ones count?'],
    ['pangtong-critic', 'Access to the CRM', 'I need to read the promises of customers to judge 10240.'],
  ])
    await daemon.post('/api/mail', { from, to: 'human', subject, body, kind: 'request' })
}

async function site(daemon) {
  const { act, task } = await daemon.project('site', '官网改版', ['coder', 'guanyu-dev', 'zhugeliang'])
  await task('把产品页迁移到新模板', { assignee: 'coder', priority: 8, risk_level: 'low' })
  await task('压缩首页图片', { assignee: 'coder', priority: 6, risk_level: 'low' })
  const redirects = await task('核对旧站的重定向规则', { priority: 7, assignee: 'guanyu-dev' })
  await act(redirects, 'escalate', { reason: '新旧地址有冲突，需要产品经理决定' })
  await task('补全英文版的联系页', { priority: 5, assignee: 'coder' })
  await task('更新隐私政策', { priority: 4, assignee: 'coder' })
}

/** Starts the daemon and fills it. Gives its address, and the way to end it. */
export async function openShowcase() {
  const bin = process.env.MOZIPLUS_BIN
  if (!bin) throw new Error('set MOZIPLUS_BIN to the binary')
  const root = makeRoot()
  const bind = `127.0.0.1:${await freePort()}`
  const daemon = new Daemon(`http://${bind}`)
  const run = spawn('bash', [join(example, 'run.sh'), '--bin', bin, '--root', root, '--bind', bind], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const over = new Promise(resolve => run.on('exit', resolve))
  const close = async () => {
    run.kill('SIGTERM')
    await over
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: lookMs })
  }
  try {
    await until('the example is done', async () => {
      const { projects } = await daemon.get('/api/daemon/status')
      const { done, ...rest } = projects.almanac.tasks_summary
      return (
        done > 0 && !['pending', 'claimed', 'working', 'review', 'blocked'].some(status => rest[status] > 0)
      )
    })
    await sales(daemon)
    await site(daemon)
    await daemon.post('/api/projects', { id: 'newsletter', name: 'Newsletter' })
    await until(
      'the agents are at work',
      async () => (await daemon.get('/api/daemon/sessions')).items.length > 2,
    )
  } catch (error) {
    await close()
    throw error
  }
  return { url: daemon.url, root, close }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url, close } = await openShowcase()
  console.log(url)
  process.once('SIGINT', () => void close())
  process.once('SIGTERM', () => void close())
}
