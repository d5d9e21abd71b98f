// plainjob beside the benchmark: `plainjob.mjs work FOLDER N` works, `plainjob.mjs add FOLDER` hands in what it reads.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { better, defineQueue, defineWorker } from 'plainjob'

const [verb, folder, workers] = process.argv.slice(2)
const connection = better(new Database(`${folder}/plainjob.db`))
const queue = defineQueue({ connection })
const quiet = { error: console.error, warn() {}, info() {}, debug() {} }

if (verb === 'add') {
  const commands = JSON.parse(readFileSync(0, 'utf8'))
  console.log(Date.now() / 1000)
  queue.addMany('run', commands.map((command) => ({ command })))
  queue.close()
} else {
  const run = (job) =>
    new Promise((resolve, reject) => {
      const { command } = JSON.parse(job.data)
      const child = spawn(command[0], command.slice(1), { stdio: 'ignore' })
      child.on('error', reject)
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))))
    })
  for (let n = 0; n < Number(workers); n += 1) void defineWorker('run', run, { queue, logger: quiet, pollIntervall: 20 }).start()
}
