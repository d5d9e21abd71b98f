/** What the stories have in common: a project of their own, and what agents would do over HTTP. */
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test as base, type APIRequestContext, type APIResponse } from '@playwright/test'

let made = 0
const everybody = ['dev', 'counter', 'limited', 'writer', 'critic', 'chief']

/** A project, and the deeds of agents and people in it. */
export class Board {
  readonly id: string
  private readonly request: APIRequestContext

  constructor(request: APIRequestContext, id: string) {
    this.request = request
    this.id = id
  }

  private async post(path: string, data: object, headers: Record<string, string> = {}): Promise<APIResponse> {
    const response = await this.request.post(path, { data, headers })
    expect(response.ok(), `${path}: ${await response.text()}`).toBe(true)
    return response
  }

  async open(agents: readonly string[] = everybody) {
    await this.post('/api/projects', { id: this.id, name: `Project ${this.id}`, agents })
  }

  /** Adds to the project's configuration on disk. */
  configure(text: string) {
    appendFileSync(this.file('config/project.yaml'), `\n${text}\n`)
  }

  /** Writes a script on disk, past every check. */
  scriptOnDisk(name: string, source: string) {
    writeFileSync(this.file(`scripts/${name}.rhai`), source)
  }

  private file(path: string): string {
    const root = process.env.E2E_ROOT
    if (!root) throw new Error('this story writes files: let it start its own daemon (MOZIPLUS_BIN)')
    return join(root, 'projects', this.id, path)
  }

  async task(title: string, more: object = {}): Promise<string> {
    const response = await this.post(`/api/projects/${this.id}/tasks`, { title, assignee: 'writer', ...more })
    return ((await response.json()) as { id: string }).id
  }

  async act(task: string, verb: string, body: object, token?: string) {
    const path = `/api/projects/${this.id}/tasks/${task}/${verb}`
    const response = await this.post(path, body, token ? { 'X-Moziplus-Token': token } : {})
    return (await response.json()) as { id: string | number; token?: string; issues?: { id: number }[] }
  }

  /** The writer begins with a task; answers with the token for it. */
  async begin(task: string): Promise<string> {
    const { token = '' } = await this.act(task, 'claim', { agent: 'writer' })
    await this.act(task, 'start', { agent: 'writer' }, token)
    return token
  }

  /** The writer does the task and hands it in. */
  async handIn(task: string) {
    const token = await this.begin(task)
    await this.act(
      task,
      'outputs',
      {
        agent: 'writer',
        title: 'report.md',
        output_type: 'document',
        text: '# Findings\n\nAll **42** rows are sound.',
      },
      token,
    )
    await this.act(
      task,
      'outputs',
      { agent: 'writer', title: 'rows.csv', output_type: 'data', text: 'station,mean\nKEF,4.2\nOSL,5.9\n' },
      token,
    )
    await this.act(task, 'complete', { agent: 'writer', summary: 'Counted twice.' }, token)
  }

  /** Somebody saves a script of the project by other means than the page under test. */
  async script(name: string, source: string) {
    const path = `/api/projects/${this.id}/scripts/${name}`
    const response = await this.request.put(path, { data: { source } })
    expect(response.ok(), `${path}: ${await response.text()}`).toBe(true)
  }

  /** A mail from whoever writes it. */
  async mail(mail: object): Promise<{ id: number; conversation: number }> {
    return (await (await this.post('/api/mail', mail)).json()) as { id: number; conversation: number }
  }

  /** A draft of a skill of the project. */
  async skill(id: string, title: string) {
    const path = `/api/projects/${this.id}/skills/${id}`
    const source = `---\nname: ${id}\ntitle: ${title}\ndescription: How to count rows\nstatus: draft\n---\n\nCount **twice**.\n`
    const response = await this.request.put(path, { data: { source } })
    expect(response.ok(), `${path}: ${await response.text()}`).toBe(true)
  }

  path(task?: string, tab?: string) {
    return `/projects/${this.id}${task ? `/tasks/${task}` : ''}${tab ? `?tab=${tab}` : ''}`
  }
}

const newId = () => `p${Date.now().toString(36)}${made++}`

export const test = base.extend<{ board: Board; newBoard: (agents: readonly string[]) => Promise<Board> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this
  baseURL: async ({}, use) => use(process.env.BASE_URL),
  board: async ({ request }, use) => {
    const board = new Board(request, newId())
    await board.open()
    await use(board)
  },
  newBoard: async ({ request }, use) =>
    use(async agents => {
      const board = new Board(request, newId())
      await board.open(agents)
      return board
    }),
})

export { expect }
