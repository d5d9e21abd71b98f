/** The log of an attempt: its last part at once, then what is appended, by stream; earlier parts when asked for. */
import { useCallback, useEffect, useRef, useState } from 'react'

import type { LogChunk } from '@/api/client'
import { plain } from '@/util/ansi'
import { serverLinks } from '@/util/links'

export interface Log {
  lines: string[]
  /** Bytes before the first line. */
  skipped: number
  state: 'loading' | 'following' | 'ended' | 'failed'
}

interface Source {
  project: string
  task: string
  number: number
  live: boolean
}

const partBytes = 400_000
const mostLines = 200_000
const emptyLog: Log = { lines: [], skipped: 0, state: 'loading' }
const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** Adds a piece of text to lines; the last line stays open for the next piece. */
export function append(lines: string[], text: string): string[] {
  const pieces = plain(text).split('\n')
  const last = lines.at(-1) ?? ''
  const joined = [...lines.slice(0, -1), last + (pieces[0] ?? ''), ...pieces.slice(1)]
  return joined.slice(-mostLines)
}

export interface Part {
  text: string
  /** Bytes before the text. */
  skipped: number
  /** Bytes up to its end. */
  end: number
}

/** What a range of the file says, without the line that it begins in the middle of. */
export function partOf(text: string, contentRange: string | null): Part {
  const range = /bytes (\d+)-(\d+)\//.exec(contentRange ?? '')
  if (!range) return { text, skipped: 0, end: bytesOf(text) }
  const [start, end] = [Number(range[1]), Number(range[2]) + 1]
  const cut = start > 0 ? text.indexOf('\n') + 1 : 0
  return { text: text.slice(cut), skipped: start + bytesOf(text.slice(0, cut)), end }
}

async function readRange(url: string, range: string, signal?: AbortSignal): Promise<Part> {
  const response = await fetch(url, { headers: { range: `bytes=${range}` }, ...(signal && { signal }) })
  if (response.status === 404 || response.status === 416) return { text: '', skipped: 0, end: 0 }
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  return partOf(await response.text(), response.headers.get('content-range'))
}

export function useLog({ project, task, number, live }: Source) {
  const [log, setLog] = useState(emptyLog)
  const reading = useRef(false)
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
    readRange(serverLinks.log(project, task, number), `-${partBytes}`, abort.signal).then(
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

  const { skipped } = log
  /** Reads the part before the first line; says how many lines it has. */
  const earlier = useCallback(async (): Promise<number> => {
    if (skipped === 0 || reading.current) return 0
    reading.current = true
    try {
      const range = `${Math.max(0, skipped - partBytes)}-${skipped - 1}`
      const part = await readRange(serverLinks.log(project, task, number), range)
      const lines = append([], part.text).slice(0, -1) // It ends with the end of a line.
      setLog(log => ({ ...log, lines: [...lines, ...log.lines], skipped: part.skipped }))
      return lines.length
    } finally {
      reading.current = false
    }
  }, [project, task, number, skipped])

  return { log, earlier }
}
