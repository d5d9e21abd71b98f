/** The log of an attempt: its last part at once, then what is appended, by stream. */
import { useEffect, useState } from 'react'

import type { LogChunk } from '@/api/client'
import { plain } from '@/util/ansi'
import { serverLinks } from '@/util/links'

export interface Log {
  lines: string[]
  /** Bytes before the first line that were left out. */
  skipped: number
  state: 'loading' | 'following' | 'ended' | 'failed'
}

interface Source {
  project: string
  task: string
  number: number
  live: boolean
}

const tailBytes = 400_000
const mostLines = 5000
const emptyLog: Log = { lines: [], skipped: 0, state: 'loading' }

/** Adds a piece of text to lines; the last line stays open for the next piece. */
export function append(lines: string[], text: string): string[] {
  const pieces = plain(text).split('\n')
  const last = lines.at(-1) ?? ''
  const joined = [...lines.slice(0, -1), last + (pieces[0] ?? ''), ...pieces.slice(1)]
  return joined.slice(-mostLines)
}

async function readTail(url: string, signal: AbortSignal) {
  const response = await fetch(url, { headers: { range: `bytes=-${tailBytes}` }, signal })
  if (response.status === 404 || response.status === 416) return { text: '', skipped: 0, end: 0 }
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const text = await response.text()
  const range = /bytes (\d+)-(\d+)\//.exec(response.headers.get('content-range') ?? '')
  const size = new TextEncoder().encode(text).length
  if (!range) return { text, skipped: 0, end: size }
  const [skipped, end] = [Number(range[1]), Number(range[2]) + 1]
  return { text: skipped > 0 ? text.slice(text.indexOf('\n') + 1) : text, skipped, end } // The first line may be half.
}

export function useLog({ project, task, number, live }: Source): Log {
  const [log, setLog] = useState(emptyLog)
  useEffect(() => {
    const abort = new AbortController()
    let stream: EventSource | undefined
    const follow = (from: number) => {
      stream = new EventSource(serverLinks.logStream(project, task, number, from))
      stream.addEventListener('log', (message: MessageEvent<string>) => {
        const { text } = JSON.parse(message.data) as LogChunk
        setLog(log => ({ ...log, lines: append(log.lines, text) }))
      })
      stream.addEventListener('end', () => {
        stream?.close()
        setLog(log => ({ ...log, state: 'ended' }))
      })
    }
    readTail(serverLinks.log(project, task, number), abort.signal).then(
      ({ text, skipped, end }) => {
        setLog({ lines: append([], text), skipped, state: live ? 'following' : 'ended' })
        if (live) follow(end)
      },
      () => abort.signal.aborted || setLog({ ...emptyLog, state: 'failed' }),
    )
    return () => {
      abort.abort()
      stream?.close()
    }
  }, [project, task, number, live])
  return log
}
