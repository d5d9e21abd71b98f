/**
 * A daemon on a root folder of its own, with agents that need no model. `dev` prints for a while, `counter` says what it
 * used and is done, `limited` comes up against a limit, `voice` says what it thinks; the others have no runner, so that
 * nobody but the test moves their tasks.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const agents = `runners:
  printer: {kind: command, argv: ["bash", "{root}/printer.sh"], prompt: file}
  counter: {kind: command, argv: ["bash", "{root}/counter.sh"], prompt: file, provider: abacus}
  speaker: {kind: command, argv: ["bash", "{root}/speaker.sh"], prompt: file}
  limited: {kind: command, argv: ["bash", "{root}/limited.sh"], prompt: file, provider: metered}
agents:
  dev: {role: executor, capabilities: [code], runner: printer}
  counter: {role: executor, runner: counter}
  limited: {role: executor, runner: limited}
  voice: {role: executor, runner: speaker}
  writer: {role: executor}
  critic: {role: reviewer}
  chief: {role: coordinator}
`

const printer = `for i in $(seq 1 300); do
  echo "step $i of $MOZIPLUS_TASK"
  sleep 0.2
done
`

const counter = `echo '{"moziplus_usage": {"tokens_in": 1200, "tokens_cached": 900, "tokens_out": 80, "cost": 2.5, "model": "m-1"}}'
"$MOZIPLUS_BIN" blackboard complete --summary "Counted."
`

const limited = `echo '{"moziplus_result": {"outcome": "rate_limited", "detail": "slow down", "retry_after_seconds": 3600}}'
`

const speaker = `"$MOZIPLUS_BIN" blackboard comment --type position --body "The rows can be counted **twice**."
"$MOZIPLUS_BIN" blackboard comment --type risk --body "The source may be late."
`

// Work of this type is checked by a program, and an agent is asked about it.
const guardrails = `checks:
  - {name: has_rows, task_types: [counted], command: [grep, -r, station, outputs]}
  - {name: way_back, task_types: [counted], prompt: "Does the report say where the rows come from?"}
`

// A channel that nobody answers, and which is given up at once.
const settings = `notify:
  webhooks: [{name: nowhere, url: "http://127.0.0.1:1/"}]
  allowed_addresses: [127.0.0.1]
  max_attempts: 1
`

const startMs = 20_000
const lookMs = 100

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok
  } catch {
    return false
  }
}

async function untilUp(url: string, daemon: ChildProcess, log: () => string) {
  const deadline = Date.now() + startMs
  while (!(await answers(url))) {
    if (Date.now() > deadline || daemon.exitCode !== null)
      throw new Error(`the daemon does not answer at ${url}:\n${log()}`)
    await new Promise(resolve => setTimeout(resolve, lookMs))
  }
}

/** What the daemon's environment is: settings, but nothing that would make it take itself for an agent. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('MOZIPLUS_') || name.startsWith('MOZIPLUS__'),
    ),
  )

export default async function start() {
  if (process.env.BASE_URL) return undefined
  const bin = process.env.MOZIPLUS_BIN
  if (!bin) throw new Error('set MOZIPLUS_BIN to the binary, or BASE_URL to a daemon made for these tests')
  const root = mkdtempSync(join(tmpdir(), 'moziplus-e2e-'))
  mkdirSync(join(root, 'config'))
  writeFileSync(join(root, 'config/agents.yaml'), agents)
  writeFileSync(join(root, 'config/default.yaml'), settings)
  writeFileSync(join(root, 'config/guardrails.yaml'), guardrails)
  for (const [name, text] of Object.entries({ printer, counter, limited, speaker }))
    writeFileSync(join(root, `${name}.sh`), text)
  const url = `http://127.0.0.1:${await freePort()}`
  const daemon = spawn(bin, ['--root', root, 'serve', '--bind', url.slice('http://'.length)], {
    env: environment(),
  })
  let log = ''
  const keep = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-20_000))
  daemon.stdout.on('data', keep)
  daemon.stderr.on('data', keep)
  const over = new Promise<void>(resolve => daemon.on('exit', () => resolve()))
  await untilUp(url, daemon, () => log)
  process.env.BASE_URL = url
  process.env.E2E_ROOT = root
  return async () => {
    daemon.kill('SIGTERM')
    await over
    rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: lookMs }) // Agents outlive it for a moment.
  }
}
